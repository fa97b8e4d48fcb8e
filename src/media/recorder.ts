import {SipError, toSipError} from '../errors.js';
import {RecordedPicture} from './recorded-picture.js';
import {BlobSink, type RecordingSink} from './recording-sink.js';
import {SoundMixer} from './sound-mixer.js';

/** What is recorded at one moment. */
export interface RecordingSources {
  /** The sound of the other side. */
  readonly remote: readonly MediaStreamTrack[];
  /** The sound of this side; none while it is not to be heard. */
  readonly local: readonly MediaStreamTrack[];
  readonly picture: MediaStreamTrack | undefined;
}

/** What a recording came to. */
export interface RecordedFile {
  /** The file, with its media type; empty where nothing could be recorded. */
  readonly blob: Blob;
  /** In seconds. */
  readonly duration: number;
  /** Why it ended before it was asked to. */
  readonly error: SipError | undefined;
}

/** How a recording is made. */
export interface RecorderOptions {
  readonly sink?: RecordingSink;
  /** Media types, the best one first. */
  readonly types?: readonly string[];
}

/** What most players know comes first. Chromium has no encoder for AAC, Firefox none for MP4. */
export const RECORDING_TYPES: readonly string[] = [
  'video/mp4;codecs=avc1,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/mp4;codecs=avc1,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4',
];

/** Chromium's own options beside the standard's. */
interface RecorderSettings extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}

/** How often a part is handed to the sink, in milliseconds: so much is lost where the page is. */
const PART = 1000;

/** The longest time between key frames, in milliseconds: seeking goes by them, and so do the parts of an MP4. */
const KEY_FRAMES = 2000;

/** Bits a second. */
const AUDIO_BITRATE = 96_000;
/** Bits a second for a pixel of the picture: 0.9 Mbit/s at 640 × 480, 2.8 at 1280 × 720. */
const PIXEL_BITRATE = 3;

/**
 * Records sounds, mixed, and a picture into one file.
 *
 * What is recorded may change at any time: the browser's recorder ends where its tracks change, so it gets tracks of
 * our own that stay the same. Where no picture was ever shown, the file has none.
 */
export class Recorder {
  readonly #mixer: SoundMixer;
  readonly #picture: RecordedPicture;
  readonly #sink: RecordingSink;
  readonly #recorder: MediaRecorder;
  readonly #began = performance.now();
  /** Writes to the sink, one after another. */
  #writing: Promise<void> = Promise.resolve();
  #stopping = false;
  #error: SipError | undefined;
  /** Resolves when it records no more, for whatever reason. */
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
    this.ended = new Promise((resolve) => (recorder.onstop = () => resolve()));
    this.file = this.#finish();
  }

  /**
   * Begins; resolves when it records.
   *
   * @throws {SipError} `unsupported-browser`, `playback-blocked`, `recording-failed`; nothing is left open then.
   */
  static async start(sources: RecordingSources, options: RecorderOptions = {}): Promise<Recorder> {
    const {sink = new BlobSink(), types = RECORDING_TYPES} = options;
    const mimeType =
      typeof MediaRecorder === 'undefined'
        ? undefined
        : types.find((type) => MediaRecorder.isTypeSupported(type));
    if (!mimeType) throw new SipError('unsupported-browser', {subject: 'MediaRecorder'});
    const mixer = new SoundMixer();
    const picture = new RecordedPicture();
    try {
      mixer.use([...sources.remote, ...sources.local]);
      picture.use(sources.picture);
      await mixer.run();
      const stream = new MediaStream([await picture.begin(mixer.target), mixer.track]);
      const {width, height} = picture.size;
      const settings: RecorderSettings = {
        mimeType,
        videoBitsPerSecond: width * height * PIXEL_BITRATE,
        audioBitsPerSecond: AUDIO_BITRATE,
        videoKeyFrameIntervalDuration: KEY_FRAMES,
      };
      const recorder = new MediaRecorder(stream, settings);
      const started = new Promise<void>((resolve) => (recorder.onstart = () => resolve()));
      const made = new Recorder(mixer, picture, sink, recorder);
      recorder.start(PART);
      await Promise.race([started, made.ended]);
      if (made.#error) throw made.#error;
      return made;
    } catch (error) {
      picture.stop();
      mixer.stop();
      throw error instanceof SipError ? error : failed(error);
    }
  }

  /** Records these from now on. */
  use({remote, local, picture}: RecordingSources): void {
    if (this.#stopping) return;
    this.#mixer.use([...remote, ...local]);
    this.#picture.use(picture);
  }

  /** Ends it; `file` has what was recorded. Idempotent. */
  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #write(part: Blob): void {
    if (!part.size || this.#error?.code === 'recording-failed') return;
    this.#writing = this.#writing
      .then(() => this.#sink.write(part))
      .catch((error: unknown) => this.#fail(error));
  }

  #fail(cause: unknown): void {
    this.#error ??= failed(cause);
    this.stop();
  }

  async #finish(): Promise<RecordedFile> {
    await this.ended;
    const duration = (performance.now() - this.#began) / 1000;
    // It ends unasked where its tracks do, which they never should.
    if (!this.#stopping) this.#fail('ended');
    const pictured = this.#picture.everShown;
    this.#picture.stop();
    this.#mixer.stop();
    await this.#writing;
    const [type = ''] = this.#recorder.mimeType.split(';');
    try {
      const raw = await this.#sink.file(type);
      if (!raw.size) return {blob: raw, duration: 0, error: this.#error ?? new SipError('recording-failed')};
      return {...(await completed(raw, pictured, duration)), error: this.#error};
    } catch (error) {
      return {blob: new Blob([], {type}), duration: 0, error: this.#error ?? failed(error)};
    }
  }
}

/**
 * The file as players want it, with its duration and an index, and without a picture that never was one; as the browser
 * recorded it where that fails: it can be played all the same.
 */
async function completed(
  raw: Blob,
  pictured: boolean,
  duration: number,
): Promise<{blob: Blob; duration: number}> {
  try {
    const {remux} = await import('./remux.js');
    return await remux(raw, pictured);
  } catch {
    return {blob: raw, duration};
  }
}

function failed(cause: unknown): SipError {
  const known = toSipError(cause);
  const subject = cause instanceof Error ? cause.message : known.subject;
  return new SipError('recording-failed', {subject, cause});
}
