import type {AudioQuality, CallQuality, MediaQuality, VideoQuality} from '../types.js';
import type {TaskQueue} from '../../task-queue.js';
import type {InputKind, InputSettings} from '../devices/device-choice.js';
import {constraintsFor, deviceOf, type OpenDevice} from '../devices/open-device.js';
import {Adaptation} from './adaptation.js';
import {checkedQuality} from './checked-quality.js';
import {withOwnOpus, withRemoteOpus} from './opus-parameters.js';
import {withPacketTime} from './packet-time.js';
import {asksForSizes, stepOf, wantedSize, withWantedSize, type PictureSize} from './picture-size.js';

/** The settings of sound that descriptions carry: the other side learns of them by an offer alone. */
const SIGNALLED = ['fec', 'dtx', 'stereo', 'maxPlaybackRate', 'ptime'] as const;

/**
 * How much sound is in each packet of a call whose sound is mixed into others, in milliseconds: it waits at each end of each
 * call, and shorter packets wait less. The shortest that all browsers send.
 */
const SHORT_PACKETS = 10;

/** How many measurements in a row an element has another size before the other side learns of it. */
const SIZE_TIMES = 2;

/** The elements that play a call. */
type Players = Iterable<{
  readonly element: HTMLElement;
  readonly of: 'remote' | 'local';
  readonly kinds: readonly string[];
}>;

/** The peer connection whose encoders are set. */
interface EncodingPeer {
  /** The line of each kind that this side sends on. */
  readonly own: ReadonlyMap<'audio' | 'video', RTCRtpTransceiver>;
  /** Changes of encodings run one after another. */
  readonly silence: {readonly changes: TaskQueue};
  ordered: WeakSet<RTCRtpTransceiver>;
  quality: QualityControl | undefined;
}

/** The media of a call. */
interface SendingSession {
  readonly closed: boolean;
  readonly local: {
    input: InputSettings;
    device(kind: InputKind): OpenDevice | undefined;
  };
  live(): EncodingPeer;
  renegotiate(): Promise<void>;
}

/** A client whose calls send media as its options say. */
interface SettingClient extends EventTarget {
  readonly ending: AbortSignal;
}

/** A call that is measured. */
interface MeasuredCall extends EventTarget {
  setQuality(quality: MediaQuality): Promise<void>;
}

/** Checks the options of a client, and lets its pictures adapt if they are to. @throws {SipError} `bad-parameter` */
export function beginQuality(client: SettingClient, quality: MediaQuality): void {
  checkedQuality(quality);
  if (!quality.video?.adapt) return;
  const begin = (event: Event): void => {
    const {call} = (event as CustomEvent<{readonly call: MeasuredCall}>).detail;
    call.setQuality({}).catch(() => {});
  };
  client.addEventListener('sip-call-answered', begin, {signal: client.ending});
}

/**
 * Sends the media of a call otherwise from now on, with a new offer if the other side must learn of it.
 *
 * @throws {SipError} `bad-parameter`; the reason if the offer was refused or lost.
 */
export async function setQuality(
  session: SendingSession,
  quality: MediaQuality,
  call: EventTarget,
  players: Players,
): Promise<void> {
  checkedQuality(quality);
  const peer = session.live();
  const control = peer.quality ?? new QualityControl(peer, {});
  control.follow(session, call, players);
  const signals = control.set(quality);
  const {local} = session;
  const {audio, video} = local.input;
  local.input = {...local.input, audio: {...audio, ...quality.audio}, video: {...video, ...quality.video}};
  if (quality.video) await constrain(session, 'camera');
  control.encode();
  if (signals) await session.renegotiate();
}

/** Lets the offers ask for short packets while a fact is true. What the page has set stands. */
export function sendShortPackets(peer: EncodingPeer, wanted: () => boolean): void {
  (peer.quality ?? new QualityControl(peer, {})).short = wanted;
}

/** Lets an open device follow other settings; one that cannot keeps its own, and is scaled when it is sent. */
async function constrain({local}: SendingSession, kind: InputKind): Promise<void> {
  const open = local.device(kind);
  const constraints = open && constraintsFor(kind, open.wanted, local.input);
  await open?.device.applyConstraints(constraints === true ? {} : constraints).catch(() => {});
}

/** How one connection sends its media: as the page has set it, and as the network and the other side let it. */
export class QualityControl {
  codecs: readonly string[] | undefined;
  /** Whether packets are short if the page has not set their length. */
  short = (): boolean => false;
  readonly #peer: EncodingPeer;
  #audio: AudioQuality = {};
  #video: VideoQuality = {};
  readonly #adaptation = new Adaptation();
  /** The size that the other side wants at most. */
  #wanted: PictureSize | undefined;
  #understands = false;
  #followed = false;
  /** The size in which this side shows the other's picture, and for how many measurements it was another one. */
  #step: number | undefined;
  #others = 0;

  constructor(peer: EncodingPeer, quality: MediaQuality) {
    this.#peer = peer;
    peer.quality = this;
    this.set(quality);
  }

  /** Changes some settings; returns whether the other side must learn of it. */
  set({audio, video, codecs}: MediaQuality): boolean {
    const [sound, picture] = [this.#audio, this.#video];
    this.#audio = {...sound, ...audio};
    this.#video = {...picture, ...video};
    if (codecs) {
      this.codecs = codecs;
      this.#peer.ordered = new WeakSet();
    }
    return (
      !!codecs ||
      !picture.adapt !== !this.#video.adapt ||
      SIGNALLED.some((key) => sound[key] !== this.#audio[key])
    );
  }

  /** Lets the picture adapt to what is measured of a call, if it is to. */
  follow(session: SendingSession, call: EventTarget, players: Players): void {
    if (this.#followed) return;
    this.#followed = true;
    call.addEventListener('quality', (event) => {
      if (!this.#video.adapt || session.closed) return;
      if (this.#adaptation.measure((event as CustomEvent<CallQuality>).detail)) this.encode();
      if (this.#understands && this.#asks(players)) session.renegotiate().catch(() => {});
    });
  }

  /** Returns this side's description as its browser is to apply it: only for two channels must it know. */
  applied(own: RTCSessionDescriptionInit): RTCSessionDescriptionInit {
    const {stereo} = this.#audio;
    return stereo === undefined ? own : {type: own.type, sdp: withOwnOpus(own.sdp ?? '', {stereo})};
  }

  /** Returns this side's description with what it asks the other side to send. */
  described(own: string): string {
    this.encode();
    const asked = withPacketTime(withOwnOpus(own, this.#audio), this.#packetTime);
    return this.#video.adapt ? withWantedSize(asked, this.#step) : asked;
  }

  /** Returns the other side's description as the browser is to read it. */
  async read(remote: string): Promise<string> {
    this.#understands = asksForSizes(remote);
    this.#wanted = wantedSize(remote);
    // Chromium refuses a description by which it would send a codec that needs more than the limit.
    await this.#change('audio', (encoding) => limit(encoding, 'maxBitrate', undefined));
    return withPacketTime(withRemoteOpus(remote, this.#audio), this.#packetTime);
  }

  /** Applies how media are sent to the encoders. */
  encode(): void {
    const {contentHint, frameRate, maxBitrate, adapt = false} = this.#video;
    void this.#change('audio', (encoding, _, codec) => {
      // The others have one bitrate.
      if (/\/opus$/i.test(codec)) limit(encoding, 'maxBitrate', this.#audio.maxBitrate);
    });
    void this.#change('video', (encoding, track) => {
      const level = adapt ? this.#adaptation.level : {scale: 1};
      // A screen has a hint of its own.
      if (contentHint !== undefined && deviceOf(track)) track.contentHint = contentHint;
      limit(encoding, 'maxBitrate', least(maxBitrate, level.maxBitrate));
      limit(encoding, 'maxFramerate', least(frameRate, level.frameRate));
      const scale = this.#scaleOf(track) * level.scale;
      encoding.scaleResolutionDownBy = adapt ? Math.max(scale, this.#scaleWanted(track)) : scale;
    });
  }

  get #packetTime(): number | undefined {
    return this.#audio.ptime ?? (this.short() ? SHORT_PACKETS : undefined);
  }

  /** Changes how a kind is encoded, after the changes before it. */
  async #change(
    kind: 'audio' | 'video',
    change: (encoding: RTCRtpEncodingParameters, track: MediaStreamTrack, codec: string) => void,
  ): Promise<void> {
    const {own, silence} = this.#peer;
    const sender = own.get(kind)?.sender;
    if (!sender) return;
    await silence.changes
      .run(async () => {
        const {track} = sender;
        if (!track) return;
        const parameters = sender.getParameters();
        const before = JSON.stringify(parameters.encodings);
        for (const encoding of parameters.encodings)
          change(encoding, track, parameters.codecs?.[0]?.mimeType ?? '');
        if (JSON.stringify(parameters.encodings) !== before) await sender.setParameters(parameters);
      })
      // Fails if the connection was closed in the meantime, or if the browser does not support it.
      .catch(() => {});
  }

  #asks(players: Players): boolean {
    const sizes = [...players]
      .filter(({of, kinds}) => of === 'remote' && kinds.includes('video'))
      .map(({element: {clientWidth, clientHeight}}) => Math.min(clientWidth, clientHeight));
    const step = stepOf(Math.max(0, ...sizes) * devicePixelRatio);
    this.#others = step === undefined || step === this.#step ? 0 : this.#others + 1;
    if (this.#others < SIZE_TIMES) return false;
    this.#others = 0;
    this.#step = step;
    return true;
  }

  /** By what a picture must be divided to be as small as it was set; a camera may have no such size. */
  #scaleOf(track: MediaStreamTrack): number {
    const {width, height} = this.#video;
    const size = sizeOf(track);
    // A shared screen keeps its size: a smaller one cannot be read.
    if (!size || !deviceOf(track)) return 1;
    const most = [width, height].filter((side) => side !== undefined).sort((one, other) => other - one);
    const [long = Infinity, short = long] = most;
    // One side alone limits that side: of a phone that is held upright, the other one.
    if (most.length === 1) return Math.max(1, (width ? size.long : size.short) / long);
    return Math.max(1, size.long / long, size.short / short);
  }

  /** By what a picture must be divided to be as small as the other side shows it. */
  #scaleWanted(track: MediaStreamTrack): number {
    const size = sizeOf(track);
    if (!this.#wanted || !size) return 1;
    // It is shown in full: the tighter of the two sides decides.
    return Math.max(1, size.long / this.#wanted.long, size.short / this.#wanted.short);
  }
}

function sizeOf(track: MediaStreamTrack): PictureSize | undefined {
  const {width, height} = track.getSettings();
  return width && height ? {long: Math.max(width, height), short: Math.min(width, height)} : undefined;
}

function least(...values: readonly (number | undefined)[]): number | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length > 0 ? Math.min(...given) : undefined;
}

/** Sets a limit, or takes it back. */
function limit(
  encoding: RTCRtpEncodingParameters,
  key: 'maxBitrate' | 'maxFramerate',
  value: number | undefined,
): void {
  if (value !== undefined) encoding[key] = value;
  else Reflect.deleteProperty(encoding, key);
}
