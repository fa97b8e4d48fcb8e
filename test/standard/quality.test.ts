import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {CallQuality, CallStall} from '../../src/core/types.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {Wire} from '../support/wire/wire.js';

/** The interval of measurements, and the time without packets until a call is stalled, in milliseconds. */
const [INTERVAL, STALL] = [250, 1_250];

describe('the quality of a SipCall', () => {
  let wire: Wire;
  let alice: WireClient;
  let bob: WireClient;
  let devices: Devices;
  let call: SipCall;
  let far: SipCall;
  /** How often the browser was asked for statistics. */
  let asked: number;
  const {getStats} = RTCPeerConnection.prototype;

  beforeEach(async () => {
    shorten({statisticsInterval: INTERVAL, mediaStall: STALL});
    asked = 0;
    RTCPeerConnection.prototype.getStats = function (...args) {
      asked += 1;
      return getStats.apply(this, args);
    };
    devices = watchDevices();
    wire = new Wire({alice: '', bob: ''});
    alice = new WireClient(wire, {user: 'alice', profile: 'standard'});
    bob = new WireClient(wire, {user: 'bob', profile: 'standard'});
    for (const client of [alice, bob]) {
      await client.connect();
      await client.register();
    }
  });

  afterEach(async () => {
    await Promise.all([alice.disconnect(), bob.disconnect()]);
    devices.restore();
    RTCPeerConnection.prototype.getStats = getStats;
  });

  async function talk(media: 'audio' | 'video' = 'audio'): Promise<void> {
    const ringing = new Promise<SipCall>((resolve) =>
      bob.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
    call = await alice.call('bob', {media});
    far = await ringing;
    await far.answer({media});
    await becomes(call, ({phase}) => phase === 'answered');
  }

  /** The next measurement that matches. */
  async function measured(fact: (quality: CallQuality) => unknown = () => true): Promise<CallQuality> {
    return new Promise((resolve) => {
      const listener = ({detail}: CustomEvent<CallQuality>): void => {
        if (!fact(detail)) return;
        call.removeEventListener('quality', listener);
        resolve(detail);
      };
      call.addEventListener('quality', listener);
    });
  }

  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  it('is measured in both directions, with sound and picture', async () => {
    await talk('video');
    expect(call.quality).to.equal(undefined);
    const quality = await measured(
      ({received, sent, rtt}) =>
        received.video?.width && sent.video?.width && rtt !== undefined && sent.audio,
    );
    expect(quality).to.equal(call.quality);
    expect(quality.time).to.be.closeTo(Date.now(), 5000);
    // On a busy machine packets come late.
    expect(quality.mos).to.be.within(1, 4.42);
    expect(quality.loss).to.be.within(0, 1);
    expect(quality.rtt).to.be.within(0, 2000);
    expect(quality.jitter).to.be.within(0, 2000);
    const {received, sent} = quality;
    for (const {audio, video} of [received, sent]) {
      expect([audio?.codec, video?.codec]).to.deep.equal(['opus', 'VP8']);
      expect(audio?.bitrate).to.be.within(1000, 200_000);
      expect(video?.bitrate).to.be.greaterThan(1000);
      expect(video?.width).to.be.greaterThan(100);
      expect(video?.height).to.be.greaterThan(100);
    }
    expect(quality.bitrate).to.equal(received.audio!.bitrate + received.video!.bitrate);
    expect(structuredClone(quality)).to.deep.equal(quality);
    expect(call.qualityHistory.at(-1)).to.equal(quality);
  });

  it('is measured too if the other side answers without ringing', async () => {
    wire.edit = (message) => (message.startsWith('SIP/2.0 180') ? '' : message);
    bob.addEventListener('sip-call-received', ({detail}) => void detail.call.answer());
    call = await alice.call('bob');
    expect((await measured()).received.audio).to.not.equal(undefined);
  });

  it('is told once an interval, however many listen', async () => {
    await talk();
    await measured();
    const told: CallQuality[] = [];
    const begun = performance.now();
    const before = asked;
    await new Promise<void>((resolve) => {
      const count = ({detail}: CustomEvent<CallQuality>): void => {
        if (told.push(detail) === 3) resolve();
      };
      for (const listener of [count, () => {}, () => {}]) call.addEventListener('quality', listener);
    });
    expect(performance.now() - begun).to.be.greaterThan(1.9 * INTERVAL);
    // Both calls are measured.
    expect(asked - before).to.be.lessThan(2 * 5);
    expect(call.qualityHistory.slice(-3)).to.deep.equal(told);
  });

  it('is asked no more after the call’s end, and what was measured stays', async () => {
    await talk();
    call.addEventListener('quality', () => {});
    const quality = await measured();
    await call.hangup();
    await becomes(far, ({phase}) => phase === 'released');
    const before = asked;
    await rest(3 * INTERVAL);
    expect([asked, call.quality]).to.deep.equal([before, quality]);
  });

  it('is told by the client too', async () => {
    const told: unknown[] = [];
    alice.addEventListener('sip-call-quality', ({detail}) => told.push(detail));
    await talk();
    const quality = await measured();
    expect(told).to.deep.equal([{call, quality}]);
  });

  /** The connections that were opened: the far end is driven by its own. */
  const peers = new Set<RTCPeerConnection>();
  const senderOf = (track: MediaStreamTrack): RTCRtpSender => {
    const senders = [...peers].flatMap((peer) => peer.getSenders());
    return senders.find((sender) => sender.track === track)!;
  };
  const {RTCPeerConnection: Original} = window;
  beforeEach(() => {
    window.RTCPeerConnection = class extends Original {
      constructor(...given: ConstructorParameters<typeof Original>) {
        super(...given);
        peers.add(this);
      }
    };
  });
  afterEach(() => {
    peers.clear();
    window.RTCPeerConnection = Original;
  });

  it('warns when nothing has arrived for a while, and no more when something does', async () => {
    await talk();
    const told: (CallStall | undefined)[] = [];
    alice.addEventListener('sip-call-stalled', ({detail}) => told.push(detail.stalled));
    call.addEventListener('quality', () => {});
    await measured(({received}) => received.audio);
    const track = far.localStream!.getAudioTracks()[0]!;
    const sender = senderOf(track);
    const since = performance.now();
    await sender.replaceTrack(null);
    const {stalled} = await becomes(call, (state) => state.stalled !== undefined);
    expect(performance.now() - since).to.be.greaterThan(0.9 * STALL);
    expect(stalled!.media).to.equal('audio');
    // The other side does not report whether it sends, or has reported that it does not.
    expect(stalled!.cause).to.be.oneOf(['unknown', 'not-sent']);
    const {mos, loss} = await measured();
    expect([mos, loss]).to.deep.equal([1, 1]);
    await sender.replaceTrack(track);
    await becomes(call, (state) => state.stalled === undefined);
    expect(told[0]).to.equal(stalled);
    expect(told.at(-1)).to.equal(undefined);
    await measured((quality) => quality.mos !== undefined && quality.mos > 1);
  });

  it('does not warn of what is on hold', async () => {
    await talk();
    await measured();
    const told: unknown[] = [];
    for (const each of [call, far]) each.addEventListener('quality', () => told.push(each.state.stalled));
    await far.hold();
    await becomes(call, ({remoteHeld}) => remoteHeld);
    // Longer than until a warning.
    await until(() => told.length >= (3 * STALL) / INTERVAL);
    expect(new Set(told)).to.deep.equal(new Set([undefined]));
    expect([call.quality!.mos, far.quality!.mos]).to.deep.equal([undefined, undefined]);
  });

  it('does not warn of a silence in which Opus sends nearly nothing (DTX)', async () => {
    // A packet every 400 ms at most: each interval has one.
    shorten({statisticsInterval: 1_000});
    wire.rewrite = (body) => body.replaceAll(/^(a=fmtp:111 .*)$/gm, '$1;usedtx=1');
    await talk();
    await far.mute();
    await measured(({received}) => received.audio && received.audio.bitrate < 4000);
    const told: unknown[] = [];
    call.addEventListener('quality', () => told.push(call.state.stalled));
    await until(() => told.length >= (2 * STALL) / 1_000);
    expect(new Set(told)).to.deep.equal(new Set([undefined]));
    expect(call.quality!.received.audio!.bitrate).to.be.lessThan(4000);
    expect(call.quality!.mos).to.be.greaterThan(1);
  });

  it('tells that no way to the other side was found', async () => {
    // A port on which nobody answers.
    wire.rewrite = (body) => body.replaceAll(/^(a=candidate:\S+ \d \S+ \d+ \S+) \d+ /gm, '$1 9 ');
    await talk();
    call.addEventListener('quality', () => {});
    const {stalled} = await becomes(call, (state) => state.stalled !== undefined);
    expect(stalled).to.deep.equal({media: 'audio', cause: 'no-relay'});
  });

  it('tells that no way was found, and that the TURN server refused to help', async () => {
    const urls = await (await fetch('/turn?refuses=401')).text();
    await alice.disconnect();
    const iceServers = [{urls, username: 'alice', credential: 'hush'}];
    const timeouts = {iceGathering: 100};
    alice = new WireClient(wire, {user: 'alice', profile: 'standard', iceServers, timeouts});
    await alice.connect();
    await alice.register();
    wire.rewrite = (body) => body.replaceAll(/^(a=candidate:\S+ \d \S+ \d+ \S+) \d+ /gm, '$1 9 ');
    await talk();
    call.addEventListener('quality', () => {});
    const {stalled} = await becomes(call, (state) => state.stalled !== undefined);
    expect(stalled).to.include({media: 'audio', cause: 'relay-refused'});
    expect(stalled!.subject).to.match(/^turn:[\d.:]+\?transport=udp 401 Unauthorized\.?$/);
    expect(stalled!.subject).to.contain(urls);
  });
});
