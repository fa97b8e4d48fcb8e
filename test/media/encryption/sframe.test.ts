import {expect} from '@open-wc/testing';
import {FrameCipher, type FrameReport} from '../../../src/media/encryption/frame-cipher.js';
import {
  commitmentTo,
  KeyExchange,
  keyLineOf,
  pageKeyOf,
  withKeyLine,
} from '../../../src/media/encryption/key-exchange.js';
import {FrameKey, frameHeader, readHeader, type Bytes} from '../../../src/media/encryption/sframe.js';
import {shorten} from '../../support/in-page/durations.js';

const bytes = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (data: Uint8Array): string =>
  [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('SFrame', () => {
  // RFC 9605, appendix C.1.
  for (const [kid, counter, header] of [
    [0, 0, '00'],
    [0, 7, '07'],
    [0, 0xff, '08ff'],
    [0, 0x100, '090100'],
    [0, 0xffffff, '0affffff'],
    [1, 0, '10'],
    [7, 7, '77'],
    [0xff, 0, '80ff'],
    [0xff, 0x100, '89ff0100'],
    [0xffff, 0xffff, '99ffffffff'],
    [0x01000000, 0xff, 'b801000000ff'],
  ] as const)
    it(`writes and reads the header ${header}`, () => {
      expect(hex(frameHeader(kid, counter))).to.equal(header);
      expect(readHeader(bytes(`${header}aaaa`))).to.deep.equal({kid, counter, length: header.length / 2});
    });

  it('reads no header that is cut off, or has a number that is too large', () => {
    expect(readHeader(bytes(''))).to.equal(undefined);
    expect(readHeader(bytes('09ff'))).to.equal(undefined);
    expect(readHeader(bytes('90ff'))).to.equal(undefined);
    expect(readHeader(bytes('0fffffffffffffffff'))).to.equal(undefined);
  });

  // RFC 9605, appendix C.3, of the cipher suite 0x0004.
  it('encrypts and decrypts as the RFC does', async () => {
    const key = await FrameKey.derive(bytes('000102030405060708090a0b0c0d0e0f'), 0x123);
    const metadata = bytes('4945544620534672616d65205747');
    const plain = bytes('64726166742d696574662d736672616d652d656e63');
    const sealed = '9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb';
    expect(hex(await key.encrypt(0x4567, plain, metadata))).to.equal(sealed);
    const data = bytes(sealed);
    expect(hex(await key.decrypt(data, readHeader(data)!, metadata))).to.equal(hex(plain));
  });
});

describe('the frames of a call', () => {
  const baseKey = bytes('000102030405060708090a0b0c0d0e0f');
  const frame = Uint8Array.from({length: 40}, (_, index) => index);
  let reports: FrameReport[];
  let alice: FrameCipher;
  let bob: FrameCipher;

  beforeEach(async () => {
    reports = [];
    alice = new FrameCipher(() => {});
    bob = new FrameCipher((report) => reports.push(report));
    await alice.setKey(baseKey, 0);
    await bob.setKey(baseKey, 1);
  });

  it('leave nothing readable but the header of a picture, and arrive as they were', async () => {
    const sound = (await alice.encrypt(frame, false))!;
    const key = (await alice.encrypt(frame, true, 'key'))!;
    const delta = (await alice.encrypt(frame, true, 'delta'))!;
    expect([...key.subarray(0, 10)]).to.deep.equal([...frame.subarray(0, 10)]);
    expect([...delta.subarray(0, 3)]).to.deep.equal([...frame.subarray(0, 3)]);
    for (const [sealed, from] of [
      [sound, 0],
      [key, 10],
      [delta, 3],
    ] as const)
      expect(hex(sealed.subarray(from))).to.not.include(hex(frame.subarray(from, from + 4)));
    expect(await bob.decrypt(sound, false)).to.deep.equal(frame);
    expect(await bob.decrypt(key, true)).to.deep.equal(frame);
    expect(await bob.decrypt(delta, true)).to.deep.equal(frame);
    expect(reports).to.deep.equal([{sent: false, received: true}]);
  });

  it('never use a counter twice, in whichever stream', async () => {
    const sealed = await Promise.all(
      Array.from({length: 30}, async (_, index) => alice.encrypt(frame, index % 2 === 0, 'delta')),
    );
    const counters = sealed.map(
      (each, index) => readHeader(each!.subarray(index % 2 === 0 ? 3 : 0))!.counter,
    );
    expect(new Set(counters).size).to.equal(30);
    // A second key is refused: it would begin at the same counters.
    await alice.setKey(baseKey, 0);
    const next = (await alice.encrypt(frame, false))!;
    expect(readHeader(next)!.counter).to.equal(30);
  });

  it('are dropped if any bit was changed', async () => {
    for (const [video, type] of [
      [false, undefined],
      [true, 'key'],
    ] as const) {
      const sealed = (await alice.encrypt(frame, video, type))!;
      for (let bit = 0; bit < sealed.length * 8; bit++) {
        const changed = sealed.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(await bob.decrypt(changed, video), `bit ${bit}`).to.equal(undefined);
      }
      expect(await bob.decrypt(sealed, video)).to.deep.equal(frame);
    }
  });

  it('are dropped if they are repeated, reflected, of another kind, too old, or forged', async () => {
    const sealed = (await alice.encrypt(frame, false))!;
    expect(await bob.decrypt(sealed, true), 'as a picture').to.equal(undefined);
    expect(await alice.decrypt(sealed, false), 'reflected').to.equal(undefined);
    const both = await Promise.all([bob.decrypt(sealed, false), bob.decrypt(sealed, false)]);
    expect(both.filter(Boolean)).to.have.length(1);
    expect(await bob.decrypt(sealed, false), 'repeated').to.equal(undefined);
    const late = (await alice.encrypt(frame, false))!;
    for (let count = 0; count < 2048; count++) await alice.encrypt(frame, false);
    expect(await bob.decrypt((await alice.encrypt(frame, false))!, false)).to.deep.equal(frame);
    expect(await bob.decrypt(late, false), 'too old').to.equal(undefined);
    const stranger = new FrameCipher(() => {});
    await stranger.setKey(bytes('ff0102030405060708090a0b0c0d0e0f'), 0);
    expect(await bob.decrypt((await stranger.encrypt(frame, false))!, false), 'forged').to.equal(undefined);
    for (const data of [new Uint8Array(), bytes('00'), bytes('ff'), frame])
      expect(await bob.decrypt(data, false), hex(data)).to.equal(undefined);
  });

  it('pass neither way before there is a key, or before it is known that there is none', async () => {
    const cipher = new FrameCipher(() => {});
    expect(await cipher.encrypt(frame, false)).to.equal(undefined);
    expect(await cipher.decrypt(frame, false)).to.equal(undefined);
    cipher.mode = 'plain';
    expect(await cipher.encrypt(frame, false)).to.equal(frame);
    expect(await cipher.decrypt(frame, false)).to.equal(frame);
  });

  it('count as undecipherable once nothing else has arrived for a while, and as fine when one decrypts', async () => {
    shorten({encryptionFailing: 30});
    expect(await bob.decrypt(frame, false)).to.equal(undefined);
    expect(reports).to.deep.equal([]);
    while (reports.length === 0) {
      await bob.decrypt(frame, false);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(reports).to.deep.equal([{sent: false, received: false}]);
    await bob.decrypt((await alice.encrypt(frame, false))!, false);
    expect(reports.at(-1)).to.deep.equal({sent: false, received: true});
  });
});

describe('the exchange of keys', () => {
  it('gives both sides the same keys and code, and someone in between other ones at each side', async () => {
    const [alice, bob, mallory] = await Promise.all([
      KeyExchange.create(),
      KeyExchange.create(),
      KeyExchange.create(),
    ]);
    const one = await alice.agree(bob.publicKey, true);
    const other = await bob.agree(alice.publicKey, false);
    expect(one).to.deep.equal(other);
    expect(one.code).to.match(/^\d{6}$/);
    const left = await alice.agree(mallory.publicKey, true);
    const right = await bob.agree(mallory.publicKey, false);
    expect(hex(left.baseKey)).to.not.equal(hex(right.baseKey));
  });

  it('depends on the key of the pages', async () => {
    const [alice, bob] = await Promise.all([KeyExchange.create(), KeyExchange.create()]);
    const key = pageKeyOf('0123456789abcdef')!;
    const one = await alice.agree(bob.publicKey, true, key);
    expect(one).to.deep.equal(await bob.agree(alice.publicKey, false, key));
    expect(one).to.not.deep.equal(await bob.agree(alice.publicKey, false));
    expect(pageKeyOf('short')).to.equal(undefined);
    expect(pageKeyOf(new Uint8Array(32))).to.have.length(32);
    expect(pageKeyOf(undefined)).to.equal(undefined);
  });

  it('is written into the session of a description, and read from there alone', async () => {
    const {publicKey} = await KeyExchange.create();
    const sdp = 'v=0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\nm=video 9 RTP/AVP 96\r\n';
    const line = {commitment: await commitmentTo(publicKey)};
    const described = withKeyLine(sdp, line);
    expect(described.split('x-sip-elements-sframe')).to.have.length(2);
    expect(keyLineOf(described)).to.deep.equal(line);
    expect(keyLineOf(withKeyLine(sdp, {key: publicKey}))).to.deep.equal({key: publicKey});
    expect(keyLineOf(sdp)).to.equal(undefined);
    for (const wrong of ['key=AAAA', 'commit=AAAA', 'commit=A', 'key', '2 key=AAAA'])
      expect(
        keyLineOf(sdp.replace('m=audio', `a=x-sip-elements-sframe:1 ${wrong}\r\nm=audio`)),
        wrong,
      ).to.equal(undefined);
    const inMedia = `${sdp}${/^a=x.*\r\n/m.exec(described)![0]}`;
    expect(keyLineOf(inMedia)).to.equal(undefined);
  });

  it('refuses what is no point of the curve', async () => {
    const exchange = await KeyExchange.create();
    const failed = await exchange.agree(new Uint8Array(65).fill(4), true).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(DOMException);
  });
});
