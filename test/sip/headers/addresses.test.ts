import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {resolveOptions} from '../../../src/core/client/options.js';
import {SipError} from '../../../src/errors.js';
import {Addresses, readUri} from '../../../src/sip/headers/addresses.js';

const OPTIONS = {
  user: '1001',
  server: 'wss://ws.pbx.test/ws wss://10.0.0.7/ws',
  domain: 'PBX.test',
  trustedHosts: 'gw.test, [2001:DB8::1]',
};

describe('Addresses', () => {
  let addresses: Addresses;
  beforeEach(() => (addresses = new Addresses(resolveOptions(OPTIONS))));

  const numberOf = (text: string): string => addresses.numberOf(readUri(text));

  for (const host of ['pbx.test', 'Pbx.Test.', 'ws.pbx.test', '10.0.0.7', 'gw.test', '[2001:db8::1]'])
    it(`reads a number of the account at ${host}`, () =>
      expect(numberOf(`sip:777@${host}:5070;transport=ws`)).to.equal('777'));

  it('names the domain of others, so that they are other parties', () => {
    expect(numberOf('sip:777@evil.test')).to.equal('777@evil.test');
    expect(numberOf('sip:777@evil.test:5070')).to.equal('777@evil.test:5070');
    expect(numberOf('sip:777@sub.pbx.test')).to.equal('777@sub.pbx.test');
    // Who has an @ in the user part of the account's domain is not of that other domain.
    expect(numberOf('sip:777%40evil.test@pbx.test')).to.equal('777@evil.test@PBX.test');
    expect(numberOf('sip:Anonymous@anonymous.invalid')).to.equal('Anonymous');
  });

  it('knows the host by which the server names itself in the topmost Via', () => {
    expect(numberOf('sip:777@10.9.9.9')).to.equal('777@10.9.9.9');
    addresses.heard({via: {host: '10.9.9.9'}});
    expect(numberOf('sip:777@10.9.9.9')).to.equal('777');
  });

  it('reads the numbers in documents', () => {
    const read = (text: string): string | undefined => addresses.numberAt(text);
    expect(read('pres:777@pbx.test')).to.equal('777');
    expect(read('sip:777@evil.test')).to.equal('777@evil.test');
    expect(read('tel:+8613;phone-context=x')).to.equal('+8613');
    expect(read('tel:777;phone-context=evil.test')).to.equal('777@evil.test');
    expect(read('tel:777;phone-context=pbx.test')).to.equal('777');
    expect(read('tel:777;phone-context=+86')).to.equal('777');
    expect(addresses.numberAt('sip:777@room.test', 'sip:900@room.test')).to.equal('777');
    expect(addresses.numberAt('sip:777@evil.test', 'sip:900@room.test')).to.equal('777@evil.test');
    for (const text of ['xmpp:a@pbx.test', 'sip:pbx.test', 'sip:%ZZ@pbx.test', '777', ''])
      expect(read(text)).to.equal(undefined);
  });

  it('leaves escaped what is not shown, or is no UTF-8: it passes for no other number', () => {
    for (const user of ['7%0077', '7%E2%80%AE77', '%E9', '%C0%80', '%EF%BC%9777', '%D9%A777'])
      expect(numberOf(`sip:${user}@pbx.test`)).to.equal(user);
  });

  for (const text of [
    '777\u202e',
    '７７７',
    '٧٧٧',
    '7\u200b77',
    '77\u00ad7',
    '777\u3164',
    '777\u034f',
    '777\ufe0f',
  ])
    it(`escapes what nobody sees of ${JSON.stringify(text)}, also if it was not escaped before`, () => {
      for (const user of [text, encodeURIComponent(text)])
        expect(numberOf(`sip:${user}@pbx.test`)).to.match(/^[\w%]*%[\w%]*$/);
    });

  it('keeps blanks escaped that push out of sight what follows them', () => {
    const hidden = `777${'%20'.repeat(200)}`;
    expect(numberOf(`sip:${hidden}@evil.test`)).to.equal(`${hidden}@evil.test`);
    expect(numberOf('sip:777%20@evil.test')).to.equal('777%20@evil.test');
    expect(numberOf('sip:John%20Smith@pbx.test')).to.equal('John Smith');
  });

  for (const [number, written] of [
    ['777', 'sip:777@PBX.test'],
    ['+86#1', 'sip:+86%231@PBX.test'],
    ['a%25b', 'sip:a%2525b@PBX.test'],
    ['a:b;c=d?e', 'sip:a%3Ab%3Bc%3Dd%3Fe@PBX.test'],
    ['张三', 'sip:%E5%BC%A0%E4%B8%89@PBX.test'],
    ['\ud800', 'sip:%EF%BF%BD@PBX.test'],
    ['777@evil.test:5070', 'sip:777@evil.test:5070'],
    ['777@evil.test@pbx.test', 'sip:777%40evil.test@pbx.test'],
  ] as const)
    it(`writes ${JSON.stringify(number)} as ${written}`, () =>
      // The host is written in lower case.
      expect(String(addresses.uriOf(number))).to.equal(written.replace('PBX', 'pbx')));

  for (const number of ['', '@pbx.test', 'a@', 'a@b c', 'a@b;x=y', 'a@b?x=y', 'a@b>'])
    it(`cannot write ${JSON.stringify(number)}`, () =>
      expect(() => addresses.uriOf(number))
        .to.throw(SipError)
        .with.property('code', 'invalid-number'));

  it('finds each number again that it has written', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', minLength: 1, maxLength: 20}), (text) => {
        fc.pre(!/[\p{C}\p{DI}\p{Z}\u2800@]|(?!\d)\p{Nd}/u.test(text) && text === text.normalize('NFKC'));
        for (const number of [text, `${text}@evil.test`])
          expect(numberOf(String(addresses.uriOf(number)))).to.equal(number);
      }),
    );
  });

  it('writes each address again as it was read', () => {
    const digit = fc.constantFrom(...Array.from('0123456789abcdefABCDEF'));
    const escape = fc.tuple(digit, digit).map(([one, other]) => `%${one}${other}`);
    const character = fc.oneof(escape, fc.constantFrom(...Array.from("abc019-_.!~*'()&=+$,;?/:张\\{}")));
    fc.assert(
      fc.property(fc.array(character, {minLength: 1, maxLength: 12}), (characters) => {
        const text = `sip:${characters.join('')}@evil.test;transport=ws`;
        const uri = readUri(text);
        expect([String(uri), uri.toRaw(), String(uri.clone())]).to.deep.equal([text, text, text]);
      }),
    );
  });
});
