import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import {SipDevices} from '../../src/core/devices/devices.js';
import type {CallEncryption, EncryptionState} from '../../src/core/types.js';
import type {SipError} from '../../src/errors.js';
import {commitmentTo, KeyExchange, keyLineOf, withKeyLine} from '../../src/media/encryption/key-exchange.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, hears as hearsDialog, reaches, until} from '../support/in-page/facts.js';
import {shareCanvas} from '../support/in-page/shared-canvas.js';
import {colorOf, pitch, StagedDevices} from '../support/staged/staged-devices.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WirePair} from '../support/wire/wire-pair.js';
import {WireUser} from '../support/wire/wire-users.js';
import type {Wire} from '../support/wire/wire.js';

const worker = '/sip-encryption-worker.js';
const PREFER = {mode: 'prefer', worker} as const;
const REQUIRE = {mode: 'require', worker} as const;
const LINE = 'a=x-sip-elements-sframe:1 ';

describe('media that are encrypted end to end', () => {
  let pair: WirePair;
  let wire: Wire;
  let devices: Devices;
  let call: SipCall;
  let far: SipCall;
  let players: HTMLVideoElement[];

  beforeEach(() => {
    devices = watchDevices();
    pair = new WirePair();
    ({wire} = pair);
    players = [];
  });
  afterEach(async () => {
    await pair.end();
    for (const element of players) element.remove();
    devices.restore();
  });

  async function talk(
    media: 'audio' | 'video',
    ofAlice: SipClientOptions['encryption'],
    ofBob: SipClientOptions['encryption'],
  ): Promise<void> {
    ({call, far} = await pair.talk(media, {encryption: ofAlice!}, {encryption: ofBob!}));
    // What nobody plays is not decoded.
    for (const one of [call, far]) one.attach({remoteVideo: player()});
    await becomes(call, ({phase}) => phase !== 'init' && phase !== 'ringing');
  }

  const is = async (one: SipCall, phase: EncryptionState['phase']): Promise<EncryptionState> =>
    (await becomes(one, ({encryption}) => encryption?.phase === phase)).encryption!;

  /** What was decoded of the other side: samples with sound in them, and frames. */
  async function decoded(one: SipCall): Promise<{energy: number; frames: number; packets: number}> {
    const sum = {energy: 0, frames: 0, packets: 0};
    (await one.statistics())?.forEach((stat: Record<string, unknown>) => {
      if (stat['type'] !== 'inbound-rtp') return;
      sum.energy += Number(stat['totalAudioEnergy'] ?? 0);
      sum.frames += Number(stat['framesDecoded'] ?? 0);
      sum.packets += Number(stat['packetsReceived'] ?? 0);
    });
    return sum;
  }

  /** Plays a call without being heard. */
  function player(): HTMLVideoElement {
    const element = document.createElement('video');
    element.autoplay = true;
    document.body.append(element);
    players.push(element);
    return element;
  }

  const hears = async (one: SipCall): Promise<void> => {
    const {energy} = await decoded(one);
    await until(async () => (await decoded(one)).energy > energy + 0.0001);
  };
  const sees = async (one: SipCall): Promise<void> => {
    const {frames} = await decoded(one);
    await until(async () => (await decoded(one)).frames > frames + 3);
  };

  it('are heard and seen at both sides, which have the same code', async () => {
    await talk('video', PREFER, PREFER);
    const [one, other] = await Promise.all([is(call, 'unverified'), is(far, 'unverified')]);
    expect(one.code).to.match(/^\d{6}$/);
    expect(other.code).to.equal(one.code);
    await Promise.all([hears(call), hears(far), sees(call), sees(far)]);
    await call.verifyEncryption();
    expect((await is(call, 'verified')).code).to.equal(one.code);
    // The other user has not compared it yet.
    expect(far.state.encryption!.phase).to.equal('unverified');
  });

  it('are offered by a commitment, and the key comes after the answer', async () => {
    await talk('audio', PREFER, PREFER);
    await Promise.all([is(call, 'unverified'), is(far, 'unverified')]);
    const written = (): string[] =>
      wire.messages.flatMap((message) => /^a=x-sip\S+ (commit|key)=/m.exec(message)?.[1] ?? []);
    await until(() => written().length === 4);
    expect(written()).to.deep.equal(['commit', 'key', 'key', 'key']);
    const offer = keyLineOf(
      wire.messages.find((message) => message.includes(`${LINE}commit`))!.split('\r\n\r\n')[1]!,
    );
    expect(offer).to.have.property('commitment');
  });

  it('go on while the call is held, changed and muted', async () => {
    await talk('audio', PREFER, PREFER);
    await Promise.all([is(call, 'unverified'), is(far, 'unverified')]);
    for (const [holder, held] of [
      [call, far],
      [far, call],
    ] as const) {
      await holder.hold();
      await becomes(held, ({remoteHeld}) => remoteHeld);
      await holder.unhold();
      await becomes(held, ({remoteHeld}) => !remoteHeld);
      await Promise.all([hears(call), hears(far)]);
    }
    far.addEventListener('mediarequest', ({detail}) => detail.respondWith('camera'));
    await call.setMedia({video: true});
    await becomes(far, ({media}) => media.video === 'sendrecv');
    await Promise.all([sees(call), sees(far), hears(call), hears(far)]);
    await call.setCameraEnabled(false);
    await sees(far);
    expect(call.state.encryption!.phase).to.equal('unverified');
    expect(far.state.encryption!.phase).to.equal('unverified');
  });

  it('are those of a screen too, which the other side sees, and then of the camera again', async () => {
    const screen = shareCanvas();
    try {
      await talk('video', PREFER, PREFER);
      await Promise.all([is(call, 'unverified'), is(far, 'unverified'), sees(far)]);
      const [, shown] = players;
      await call.shareScreen();
      // What was decoded has the size of the shared canvas, which no camera has.
      await until(() => `${shown!.videoWidth} × ${shown!.videoHeight}` === '320 × 200');
      await call.stopScreen();
      await until(() => shown!.videoHeight !== 200);
      await Promise.all([sees(far), hears(far)]);
      for (const {state} of [call, far]) expect(state.encryption!.phase).to.equal('unverified');
    } finally {
      screen.restore();
    }
  });

  it('are those of another microphone and camera as soon as these are chosen', async () => {
    localStorage.clear();
    const staged = new StagedDevices([
      {kind: 'microphone', id: 'low', frequency: 440},
      {kind: 'microphone', id: 'high', frequency: 1200},
      {kind: 'camera', id: 'red', color: '#f00'},
      {kind: 'camera', id: 'blue', color: '#00f'},
    ]);
    try {
      const options = {encryption: PREFER, devices: new SipDevices({storage: 'devices-alice'})};
      ({call, far} = await pair.talk('video', options, {encryption: PREFER}));
      for (const one of [call, far]) one.attach({remoteVideo: player()});
      await Promise.all([is(call, 'unverified'), is(far, 'unverified')]);
      const stream = far.remoteStream!;
      const {devices: chosen} = options;
      const isRed = async (): Promise<boolean> => {
        const {red, blue} = await colorOf(stream);
        return red > 150 && blue < 100;
      };
      const isBlue = async (): Promise<boolean> => {
        const {red, blue} = await colorOf(stream);
        return blue > 150 && red < 100;
      };
      const sounds = async (frequency: number): Promise<boolean> =>
        Math.abs((await pitch(stream)) - frequency) < 30;
      await until(isRed);
      await until(() => sounds(440));
      await chosen.select('camera', 'blue');
      await chosen.select('microphone', 'high');
      await until(isBlue);
      await until(() => sounds(1200));
      for (const {state} of [call, far]) expect(state.encryption!.phase).to.equal('unverified');
    } finally {
      staged.restore();
    }
  });

  it('have new keys if the other side comes back in another page', async () => {
    const options = {user: 'alice', encryption: REQUIRE};
    const gone = await new WireUser(wire, options).begin();
    const back = await new WireUser(wire, options).begin();
    try {
      const bob = await pair.online('bob', {encryption: REQUIRE});
      const ringing = new Promise<SipCall>((resolve) =>
        bob.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
      );
      const audio = {audio: true, video: false};
      const dialog = gone.agent.invite('bob', audio);
      far = await ringing;
      await far.answer();
      far.attach({remoteVideo: player()});
      const {code} = await is(far, 'unverified');
      await hears(far);
      const next = back.agent.takeOver(dialog.identity!, {number: 'bob', name: ''}, audio);
      const {encryption} = await becomes(next, (state) => state.encryption?.phase === 'unverified');
      await becomes(far, (state) => state.encryption?.code === encryption!.code);
      expect(encryption!.code).to.match(/^\d{6}$/);
      expect(encryption!.code).to.not.equal(code);
      await Promise.all([hears(far), hearsDialog(next)]);
      expect(far.state.phase).to.equal('answered');
    } finally {
      await Promise.all([gone, back].map(({agent}) => agent.disconnect()));
    }
  });

  it('are recorded and photographed as others are', async () => {
    await talk('video', PREFER, PREFER);
    await Promise.all([is(call, 'unverified'), sees(call), hears(call)]);
    const picture = await createImageBitmap(await call.takePhoto());
    expect(picture.width).to.be.greaterThan(0);
    const recorded = new Promise<Blob>((resolve) =>
      call.addEventListener('recording', ({detail}) => resolve(detail.blob)),
    );
    await call.startRecording();
    const {energy} = await decoded(call);
    await until(async () => (await decoded(call)).energy > energy + 0.001);
    await sees(call);
    await call.stopRecording();
    const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(
      await (await recorded).arrayBuffer(),
    );
    expect(Math.max(...sound.getChannelData(0).subarray(0, 48_000).map(Math.abs))).to.be.greaterThan(0.01);
  });

  it('are not decoded by what ends the transport without the key, such as a server', async () => {
    const Native = RTCPeerConnection;
    const peers: RTCPeerConnection[] = [];
    window.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
    try {
      await talk('video', PREFER, PREFER);
    } finally {
      window.RTCPeerConnection = Native;
    }
    await Promise.all([is(call, 'unverified'), is(far, 'unverified'), sees(far), hears(far)]);
    // From now on the callee's end has all of the transport, and nothing of the keys.
    const server = peers.find(({remoteDescription}) => remoteDescription!.type === 'offer')!;
    for (const receiver of server.getReceivers()) receiver.transform = null;
    await sees(call);
    // Those that were on their way through the worker arrive, on a busy machine late.
    let before = await decoded(far);
    await until(async () => {
      const now = await decoded(far);
      if (now.packets < before.packets + 150) return false;
      const frames = now.frames - before.frames;
      before = now;
      return frames < 3;
    });
  });

  it('need no code if both pages have the same key', async () => {
    const asked: unknown[] = [];
    const key = (party: unknown): string => {
      asked.push(party);
      return 'the very same key of both pages';
    };
    await talk('audio', {...REQUIRE, key}, {...REQUIRE, key});
    await Promise.all([is(call, 'verified'), is(far, 'verified'), hears(call), hears(far)]);
    expect(asked).to.deep.include.members([
      {number: 'bob', direction: 'outgoing'},
      {number: 'alice', direction: 'incoming'},
    ]);
  });

  it('are no call that waits for ever if the page never gives its key', async () => {
    shorten({encryptionKey: 300});
    const never = async (): Promise<string> => new Promise(() => {});
    await talk('audio', {...REQUIRE, key: never}, REQUIRE);
    const {cause} = await becomes(call, ({phase}) => phase === 'released');
    expect(cause!.code).to.equal('encryption-unavailable');
    await becomes(far, ({phase}) => phase === 'released');
    expect((await decoded(far)).energy).to.equal(0);
  });

  it('are not decoded by a side that lacks the key: packets arrive, no frame and no sound comes of them', async () => {
    await talk('video', {...PREFER, key: () => 'a key of this page alone'}, PREFER);
    await Promise.all([is(call, 'failed'), is(far, 'failed')]);
    await until(async () => (await decoded(far)).packets > 100);
    const {energy, frames} = await decoded(far);
    expect(frames).to.equal(0);
    expect(energy).to.equal(0);
  });

  it('are not decoded if someone in between has exchanged the keys', async () => {
    const mallory = await KeyExchange.create();
    const line = {commitment: await commitmentTo(mallory.publicKey)};
    wire.rewrite = (body) => {
      const before = keyLineOf(body);
      if (!before) return body;
      const plain = body.replace(/^a=x-sip-elements-sframe.*\r\n/m, '');
      return withKeyLine(plain, 'key' in before ? {key: mallory.publicKey} : line);
    };
    await talk('audio', PREFER, PREFER);
    await Promise.all([is(call, 'failed'), is(far, 'failed')]);
    const {energy} = await decoded(far);
    expect(energy).to.equal(0);
  });

  it('end with a key to which the other side has not committed itself', async () => {
    const mallory = await KeyExchange.create();
    let keys = 0;
    wire.rewrite = (body) => {
      const before = keyLineOf(body);
      // The answer's key is the first one, the caller's the second.
      if (!before || !('key' in before) || ++keys !== 2) return body;
      return withKeyLine(body.replace(/^a=x-sip-elements-sframe.*\r\n/m, ''), {key: mallory.publicKey});
    };
    await talk('audio', PREFER, PREFER);
    await is(far, 'failed');
    expect((await decoded(far)).energy).to.equal(0);
  });

  it('are plain with an old phone if the page prefers encryption', async () => {
    await talk('audio', PREFER, undefined);
    expect((await is(call, 'none')).code).to.equal(undefined);
    expect(far.state.encryption).to.equal(undefined);
    await Promise.all([hears(call), hears(far)]);
    const failed = await call.verifyEncryption().catch((error: SipError) => error.code);
    expect(failed).to.equal('invalid-state');
  });

  it('are plain with an old caller if the page prefers encryption', async () => {
    await talk('audio', undefined, PREFER);
    await is(far, 'none');
    await Promise.all([hears(call), hears(far)]);
  });

  it('end a call to an old phone if the page requires encryption', async () => {
    await talk('audio', REQUIRE, undefined);
    const {cause} = await becomes(call, ({phase}) => phase === 'released');
    expect(cause!.code).to.equal('encryption-unavailable');
    await becomes(far, ({phase}) => phase === 'released');
    expect((await decoded(far)).energy).to.equal(0);
  });

  it('refuse a call of an old phone before it rings if the page requires encryption', async () => {
    const alice = await pair.online('alice', {});
    const bob = await pair.online('bob', {encryption: REQUIRE});
    bob.addEventListener('sip-call-received', () => expect.fail('it rang'));
    const failed = await alice.call('bob', {media: 'audio'}).catch((error: SipError) => error.code);
    expect(failed).to.equal('not-acceptable');
    expect(wire.messages.some((message) => message.startsWith('SIP/2.0 488'))).to.equal(true);
    expect(wire.messages.some((message) => message.startsWith('SIP/2.0 180'))).to.equal(false);
  });

  it('are plain, or no call, if the worker cannot be loaded', async () => {
    await talk('audio', {mode: 'prefer', worker: '/no-such-worker.js'}, PREFER);
    await is(call, 'none');
    await Promise.all([hears(call), hears(far)]);
    const alice = await pair.online('alice', {encryption: {mode: 'require', worker: '/no-such-worker.js'}});
    const failed = await alice.call('bob', {media: 'audio'}).catch((error: SipError) => error);
    const code =
      'state' in failed
        ? (await becomes(failed as SipCall, ({phase}) => phase === 'released')).cause!.code
        : failed.code;
    expect(code).to.equal('encryption-unavailable');
  });

  it('are those of one call, as its caller asks', async () => {
    const alice = await pair.online('alice', {});
    const bob = await pair.online('bob', {encryption: PREFER});
    const place = async (encryption: CallEncryption | undefined): Promise<void> => {
      const ringing = new Promise<SipCall>((resolve) =>
        bob.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
      );
      call = await alice.call('bob', {encryption});
      far = await ringing;
      await far.answer();
      for (const one of [call, far]) one.attach({remoteVideo: player()});
    };
    await place(REQUIRE);
    const [one, other] = await Promise.all([is(call, 'unverified'), is(far, 'unverified')]);
    expect(one.code).to.equal(other.code);
    await Promise.all([hears(call), hears(far)]);
    await call.hangup();
    // The next one is as the page's option says.
    await place(undefined);
    await is(far, 'none');
    expect(call.state.encryption).to.equal(undefined);
    await Promise.all([hears(call), hears(far)]);
  });

  for (const [ofCall, ofNext] of [
    [REQUIRE, undefined],
    [PREFER, PREFER],
  ] as const)
    it(`are those of one call (${ofCall.mode}) when another page takes its place at the other side`, async () => {
      const audio = {audio: true, video: false};
      const gone = await new WireUser(wire, {user: 'bob', encryption: PREFER}).begin();
      const alice = await pair.online('alice', {});
      const placing = alice.call('bob', {encryption: ofCall});
      const before = await gone.rings();
      await before.accept(audio);
      call = await placing;
      call.attach({remoteVideo: player()});
      const {code} = await is(call, 'unverified');
      const next = await new WireUser(wire, {user: 'bob', ...(ofNext && {encryption: ofNext})}).begin();
      const after = next.agent.takeOver(before.identity!, {number: 'alice', name: ''}, audio);
      if (ofNext) {
        await until(() => call.callId === after.id);
        await until(
          () => call.state.encryption?.phase === 'unverified' && call.state.encryption.code !== code,
        );
      } else {
        expect((await reaches(after, 'terminated')).cause!.code).to.equal('not-acceptable');
        expect(wire.messages.some((message) => message.startsWith('SIP/2.0 488'))).to.equal(true);
      }
      await Promise.all([gone, next].map(({agent}) => agent.disconnect()));
    });

  it('are not those of one call, if its caller asks for none', async () => {
    const alice = await pair.online('alice', {encryption: REQUIRE});
    await pair.online('bob', {});
    call = await alice.call('bob', {encryption: 'none'});
    expect(call.state.encryption).to.equal(undefined);
    expect(wire.messages.join('')).to.not.include('sframe');
    const misspelled = {encryption: 'required' as 'require'};
    const failed = await alice.call('bob', misspelled).catch((error: SipError) => error.code);
    expect(failed).to.equal('bad-parameter');
  });

  it('are off unless the page asks for them, and a misspelled mode is refused', async () => {
    await talk('audio', undefined, undefined);
    expect(wire.messages.join('')).to.not.include('sframe');
    expect(call.state.encryption).to.equal(undefined);
    expect(() => new WireClient(wire, {user: 'x', encryption: 'required' as 'require'})).to.throw(
      /encryption/,
    );
  });
});
