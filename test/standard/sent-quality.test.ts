import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import type {CallQuality, MediaQuality} from '../../src/core/types.js';
import type {SipError} from '../../src/errors.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WirePair} from '../support/wire/wire-pair.js';
import type {Wire} from '../support/wire/wire.js';

describe('how a call sends its media', () => {
  let pair: WirePair;
  let wire: Wire;
  let devices: Devices;
  let call: SipCall;
  let far: SipCall;

  beforeEach(() => {
    shorten({statisticsInterval: 250});
    devices = watchDevices();
    pair = new WirePair();
    ({wire} = pair);
  });
  afterEach(async () => {
    await pair.end();
    devices.restore();
  });

  async function talk(
    media: 'audio' | 'video',
    options: Partial<SipClientOptions> = {},
    ofBob: Partial<SipClientOptions> = {},
  ): Promise<void> {
    ({call, far} = await pair.talk(media, options, ofBob));
    await becomes(call, ({phase}) => phase === 'answered');
  }

  /** The next measurement of the callee that matches. */
  const received = (fact: (quality: CallQuality) => unknown): Promise<CallQuality> =>
    new Promise((resolve) => {
      const listener = ({detail}: CustomEvent<CallQuality>): void => {
        if (!fact(detail)) return;
        far.removeEventListener('quality', listener);
        resolve(detail);
      };
      far.addEventListener('quality', listener);
    });

  const offers = (): string[] => wire.messages.filter((message) => message.startsWith('INVITE '));
  const opusOf = (message: string): Record<string, string> => {
    const type = /^a=rtpmap:(\d+) opus\//m.exec(message)![1]!;
    const line = new RegExp(`^a=fmtp:${type} (.*)$`, 'm').exec(message)![1]!;
    return Object.fromEntries(
      line
        .trim()
        .split(';')
        .map((each) => each.split('=') as [string, string]),
    );
  };

  /** A picture of 640 × 360 in place of the camera's, which is small in tests. */
  const large = {
    processVideo(_: MediaStreamTrack, {signal}: {signal: AbortSignal}): MediaStreamTrack {
      const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 360});
      const context = canvas.getContext('2d')!;
      let hue = 0;
      const timer = setInterval(() => {
        context.fillStyle = `hsl(${(hue += 10)} 80% 50%)`;
        context.fillRect(0, 0, 640, 360);
      }, 60);
      signal.addEventListener('abort', () => clearInterval(timer));
      return canvas.captureStream().getVideoTracks()[0]!;
    },
  };

  it('asks for Opus as the page has set it, and says nothing of it otherwise', async () => {
    await talk('audio', {audio: {dtx: true, fec: false, stereo: true, maxPlaybackRate: 16_000}});
    const [offer] = offers();
    const {usedtx, useinbandfec, stereo, maxplaybackrate} = opusOf(offer!);
    expect([usedtx, useinbandfec, stereo, maxplaybackrate]).to.deep.equal(['1', '0', '1', '16000']);
    // The callee has set nothing.
    const answer = wire.messages.find(
      (message) => message.startsWith('SIP/2.0 200') && message.includes('opus'),
    )!;
    expect(opusOf(answer)['usedtx']).to.equal(undefined);
    expect(opusOf(answer)['maxplaybackrate']).to.not.equal('16000');
    expect(answer).to.not.include('imageattr');
  });

  it('offers again if the other side must learn of it, and only then', async () => {
    await talk('audio');
    expect(offers()).to.have.length(1);
    await call.setQuality({audio: {maxBitrate: 20_000}});
    expect(offers()).to.have.length(1);
    await call.setQuality({audio: {dtx: true}});
    expect(offers()).to.have.length(2);
    expect(opusOf(offers()[1]!)['usedtx']).to.equal('1');
    await call.setQuality({audio: {dtx: true}});
    expect(offers()).to.have.length(2);
    await call.setQuality({codecs: ['pcmu']});
    expect(offers()).to.have.length(3);
    expect(offers()[2]).to.match(/^m=audio \d+ \S+ 0 /m);
    const {received: arrives} = await received(({received}) => received.audio?.codec === 'PCMU');
    expect(arrives.audio!.bitrate).to.be.greaterThan(0);
  });

  it('sends no more bits of sound than were set, and more again without a new offer', async () => {
    await talk('audio', {audio: {maxBitrate: 8_000}});
    const low = await received(({received: {audio}}) => audio && audio.bitrate > 3_000);
    expect(low.received.audio!.bitrate).to.be.lessThan(13_000);
    await call.setQuality({audio: {maxBitrate: 64_000}});
    await received(({received: {audio}}) => audio && audio.bitrate > 20_000);
    expect(offers()).to.have.length(1);
  });

  it('sends a picture no larger than was set, and another size and rate without a new offer', async () => {
    await talk('video', {...large, video: {width: 320, height: 180, maxBitrate: 200_000}});
    const first = await received(({received: {video}}) => video?.width);
    expect([first.received.video!.width, first.received.video!.height]).to.deep.equal([320, 180]);
    await call.setQuality({video: {width: 160, height: 90, frameRate: 4}});
    await received(({received: {video}}) => video?.width === 160 && video.height === 90);
    await received(({received: {video}}) => video?.frameRate && video.frameRate <= 5);
    await call.setQuality({video: {width: undefined, height: undefined, frameRate: undefined} as object});
    await received(({received: {video}}) => video?.width === 640);
    expect(offers()).to.have.length(1);
    await call.setQuality({video: {maxBitrate: 40_000, contentHint: 'detail'}});
    await received(({received: {video}}) => video && video.bitrate > 0 && video.bitrate < 60_000);
  });

  it('keeps what was set while it is held and resumed', async () => {
    await talk('video', {...large, video: {width: 320, height: 180}});
    await received(({received: {video}}) => video?.width === 320);
    await call.hold();
    await call.unhold();
    await call.setQuality({video: {width: 160, height: 90}});
    await received(({received: {video}}) => video?.width === 160);
  });

  it('sends a picture as large as the other side shows it, if both sides adapt', async () => {
    await talk('video', {...large, video: {adapt: true}}, {video: {adapt: true}});
    await received(({received: {video}}) => video?.width === 640);
    const element = document.createElement('video');
    element.style.cssText = 'display: block; width: 160px; height: 90px';
    document.body.append(element);
    far.attach({remoteVideo: element});
    const step = 90 * devicePixelRatio <= 180 ? 320 : 640;
    await until(() => element.videoWidth === step);
    const asked = offers().at(-1)!;
    expect(asked).to.match(/^a=imageattr:\* send \* recv \[x=\[16:320\],y=\[16:180\]\]/m);
    const count = offers().length;
    element.style.cssText = 'display: block; width: 640px; height: 360px';
    await until(() => element.videoWidth === 640);
    expect(offers()).to.have.length(count + 1);
    element.remove();
  });

  it('is refused by the key of a value that cannot be used', async () => {
    const subjects: string[] = [];
    const refuse = ({code, subject}: SipError): void => void subjects.push(`${code} ${subject}`);
    for (const options of [
      {video: {width: 0}},
      {video: {contentHint: 'sharp'}},
      {audio: {maxBitrate: '20k'}},
      {audio: {bitrate: 1}},
      {video: 'hd'},
    ]) {
      const client = new WireClient(wire, {user: 'alice', profile: 'standard', ...options} as never);
      await client.connect().catch(refuse);
    }
    await talk('audio');
    for (const quality of [{audio: {fec: 'yes'}}, {codecs: ['MP3']}, {video: {size: 1}}])
      await call.setQuality(quality as unknown as MediaQuality).catch(refuse);
    expect(subjects).to.deep.equal([
      'bad-parameter video.width “0”',
      'bad-parameter video.contentHint “sharp”',
      'bad-parameter audio.maxBitrate “20k”',
      'bad-parameter audio.bitrate “1”',
      'bad-parameter video “hd”',
      'bad-parameter audio.fec “yes”',
      'bad-parameter codec “MP3”',
      'bad-parameter video.size “1”',
    ]);
    await call.hangup();
    await becomes(far, ({phase}) => phase === 'released');
    await call.setQuality({}).catch(refuse);
    expect(subjects.at(-1)).to.match(/^invalid-state /);
  });
});
