import {mediaDurations} from '../../durations/media.js';
import {SipError, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import {within} from '../../within.js';
import {RecordedPicture} from './recorded-picture.js';
import {BlobSink, type RecordingSink} from './recording-sink.js';
import {SoundMixer} from '../audio/sound-mixer.js';

/** The tracks that are recorded at one moment. */
export interface RecordingSources {
  /** The audio of the other side. */
  readonly remote: readonly MediaStreamTrack[];
  /** The audio of this side; none while it must not be heard. */
  readonly local: readonly MediaStreamTrack[];
  readonly picture: MediaStreamTrack | undefined;
  /** Video shown small in a corner of the other one; undefined if there is none. */
  readonly inset?: MediaStreamTrack | undefined;
}

/** The result of a recording. */
export interface RecordedFile {
  /** The file with its media type; empty if nothing could be recorded. */
  readonly blob: Blob;
  /** In seconds. */
  readonly duration: number;
  /** Why it ended before it was stopped. */
  readonly error: SipError | undefined;
}

/** How a recording is made. */
export interface RecorderOptions {
  readonly sink?: RecordingSink;
  /** Media types, the best first. */
  readonly types?: readonly string[];
  /** The duration of a part, in milliseconds. */
  readonly part?: number;
}

/** The types that most players support come first. Chromium has no encoder for AAC, Firefox none for MP4. */
export const RECORDING_TYPES: readonly string[] = [
  'video/mp4;codecs=avc1,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/mp4;codecs=avc1,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4',
];

/** Returns the media types for a file name: those of its own extension first. */
export function typesFor(name = ''): readonly string[] {
  const [, ending] = /\.(mp4|webm)$/i.exec(name) ?? [];
  const own = `video/${ending?.toLowerCase()}`;
  const isOther = (type: string): number => Number(!type.startsWith(own));
  return [...RECORDING_TYPES].sort((one, other) => isOther(one) - isOther(other));
}

/** Chromium's own options in addition to the standard's. */
interface RecorderSettings extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}

/** The duration of a part, in milliseconds. A page that is closed loses at most this much. */
const PART_MS = 1000;

/**
 * The longest time between key frames, in milliseconds: seeking depends on them, and the browser delivers an MP4 in
 * pieces from one to the next.
 */
const KEY_FRAME_INTERVAL_MS = 1000;

/** How much earlier parts are requested, in milliseconds, so that one that comes early need not wait for another. */
const REQUEST_AHEAD_MS = 100;

/** Bits per second. */
const AUDIO_BITRATE = 96_000;
/** Bits per second for each pixel: 0.9 Mbit/s at 640 × 480, 2.8 at 1280 × 720. */
const PIXEL_BITRATE = 3;

/**
 * Records mixed audio and one video track into a file.
 *
 * The recorded tracks may change at any time: the browser's recorder ends when its tracks change, so it gets own tracks
 * that stay the same. If no video was ever shown, the file has none.
 */
export class Recorder {
  readonly #mixer: SoundMixer;
  readonly #picture: RecordedPicture;
  readonly #sink: RecordingSink;
  readonly #recorder: MediaRecorder;
  /** The milliseconds recorded before the last pause, and when the current stretch began. */
  #recorded = 0;
  #since: number | undefined = performance.now();
  /** Writes to the sink run one after another. */
  readonly #writing = new TaskQueue();
  #stopping = false;
  /** Whether the last part was delivered. */
  #handedOver = false;
  /** Whether a part could not be stored: later parts would not fit on. */
  #broken = false;
  #error: SipError | undefined;
  /** Resolves `ended`. */
  #end!: () => void;
  /** Resolves when recording has ended for any reason. */
  readonly ended: Promise<void>;
  /** Resolves with the file, a moment after the end; never rejects. */
  readonly file: Promise<RecordedFile>;

  private constructor(
    mixer: SoundMixer,
    picture: RecordedPicture,
    sink: RecordingSink,
    recorder: MediaRecorder,
  ) {
    this.#mixer = mixer;
    this.#picture = picture;
    this.#sink = sink;
    this.#recorder = recorder;
    recorder.ondataavailable = ({data}) => this.#write(data);
    recorder.onerror = (event) => this.#fail(event.error);
    this.ended = new Promise((resolve) => (this.#end = resolve));
    recorder.onstop = () => this.#end();
    this.file = this.#finish();
  }

  /**
   * Begins a recording; resolves when it records.
   *
   * @throws {SipError} `unsupported-browser`, `playback-blocked`, `recording-failed`; nothing is left open then.
   */
  static async start(sources: RecordingSources, options: RecorderOptions = {}): Promise<Recorder> {
    const {sink = new BlobSink(), types = RECORDING_TYPES, part = PART_MS} = options;
    const mimeType =
      typeof MediaRecorder === 'undefined'
        ? undefined
        : types.find((type) => MediaRecorder.isTypeSupported(type));
    if (!mimeType) throw new SipError('unsupported-browser', {subject: 'MediaRecorder'});
    const mixer = new SoundMixer();
    const picture = new RecordedPicture();
    let made: Recorder | undefined;
    try {
      mixer.use([...sources.remote, ...sources.local]);
      picture.use(sources.picture, sources.inset);
      if (!(await mixer.run(mediaDurations.recordingSound))) throw new SipError('playback-blocked');
      const stream = new MediaStream([await picture.begin(mixer.target), mixer.track]);
      const {width, height} = picture.size;
      const settings: RecorderSettings = {
        mimeType,
        videoBitsPerSecond: width * height * PIXEL_BITRATE,
        audioBitsPerSecond: AUDIO_BITRATE,
        videoKeyFrameIntervalDuration: KEY_FRAME_INTERVAL_MS,
      };
      const recorder = new MediaRecorder(stream, settings);
      const started = new Promise<true>((resolve) => (recorder.onstart = () => resolve(true)));
      made = new Recorder(mixer, picture, sink, recorder);
      recorder.start(Math.max(1, part - REQUEST_AHEAD_MS));
      const begun = await within(Promise.race([started, made.ended]), mediaDurations.recordingStart);
      if (made.#error) throw made.#error;
      if (!begun) throw new SipError('recording-failed', {subject: 'MediaRecorder, not started'});
      return made;
    } catch (error) {
      made?.stop();
      picture.stop();
      mixer.stop();
      throw error instanceof SipError ? error : failed(error);
    }
  }

  /** Records these tracks from now on. */
  use({remote, local, picture, inset}: RecordingSources): void {
    if (this.#stopping) return;
    this.#mixer.use([...remote, ...local]);
    this.#picture.use(picture, inset);
  }

  /** Pauses until `resume`; what was recorded so far is delivered at once. Idempotent. */
  pause(): void {
    if (this.#stopping || this.#recorder.state !== 'recording') return;
    this.#recorder.requestData();
    this.#recorder.pause();
    this.#recorded = this.#duration * 1000;
    this.#since = undefined;
  }

  /** Resumes after `pause`; idempotent. */
  resume(): void {
    if (this.#stopping || this.#recorder.state !== 'paused') return;
    this.#since = performance.now();
    this.#recorder.resume();
  }

  /** Ends the recording; `file` resolves with it. Idempotent. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    void within(this.ended, mediaDurations.recordingStop).then(this.#end);
  }

  /** The duration in seconds, without the pauses. */
  get #duration(): number {
    return (this.#recorded + (this.#since === undefined ? 0 : performance.now() - this.#since)) / 1000;
  }

  #write(part: Blob): void {
    if (!part.size) return;
    this.#handedOver = this.#stopping;
    const progress = {duration: this.#duration, pictured: this.#picture.everShown};
    void this.#writing.run(async () => {
      if (this.#broken) return;
      try {
        await inTime(this.#sink.write(part, progress), mediaDurations.recordingWrite);
      } catch (error) {
        this.#broken = true;
        this.#fail(error);
      }
    });
  }

  #fail(cause: unknown): void {
    this.#error ??= failed(cause);
    this.stop();
  }

  async #finish(): Promise<RecordedFile> {
    await this.ended;
    const duration = this.#duration;
    // The recorder ends unasked only if its tracks end, which should never happen.
    if (!this.#stopping) this.#fail('ended');
    const pictured = this.#picture.everShown;
    this.#picture.stop();
    this.#mixer.stop();
    if (!this.#handedOver) await partOf(this.#recorder);
    await this.#writing.idle;
    const [type = ''] = this.#recorder.mimeType.split(';');
    try {
      const finishing = this.#sink.finish({type, pictured, duration, error: this.#error?.code});
      const file = await inTime(finishing, mediaDurations.recordingFile + duration * 1000);
      const nothing = file.blob.size ? undefined : new SipError('recording-failed');
      return {...file, error: this.#error ?? nothing};
    } catch (error) {
      return {blob: new Blob([], {type}), duration: 0, error: this.#error ?? failed(error)};
    }
  }
}

/** Waits for a part: Firefox may deliver the last one after it has reported that it stopped. */
async function partOf(recorder: MediaRecorder): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, mediaDurations.recordingLastPart);
    recorder.addEventListener('dataavailable', ({data}) => data.size && resolve());
  });
}

/** Resolves with what the storage returns; rejects if it takes longer. */
async function inTime<T>(task: Promise<T>, milliseconds: number): Promise<T> {
  const done = await within(
    task.then((result) => ({result})),
    milliseconds,
  );
  if (!done) throw new DOMException('The storage does not respond.', 'TimeoutError');
  return done.result;
}

function failed(cause: unknown): SipError {
  const known = toSipError(cause);
  if (known.code === 'storage-full') return known;
  const subject = cause instanceof Error ? cause.message : known.subject;
  return new SipError('recording-failed', {subject, cause});
}
