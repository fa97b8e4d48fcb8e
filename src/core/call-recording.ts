import {SipError, toSipError} from '../errors.js';
import type {Recorder, RecordingSources} from '../media/recorder.js';
import type {CallBase} from './call-base.js';
import {pictureOf} from './call-photo.js';
import {fileName} from './file-name.js';

/** What a recording came to. */
export interface FinishedRecording {
  /** The file; empty where nothing could be recorded. */
  readonly blob: Blob;
  /** Its name with the ending that fits; undefined where it was asked for without one. */
  readonly name?: string | undefined;
  /** Its media type: `video/mp4`, `video/webm`, `audio/mp4` or `audio/webm`. */
  readonly type: string;
  /** In seconds. */
  readonly duration: number;
  /** Why it ended before it was asked to; `blob` has what was recorded until then. */
  readonly error?: SipError | undefined;
}

/** What tells a call of its recording. */
export interface RecordingDelegate {
  /** It began at the time, in milliseconds since the epoch; or it is over. */
  onRunning(since: number | undefined): void;
  /** The file is there. False where it is not to be downloaded. */
  onFinished(recording: FinishedRecording): boolean;
}

const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
};

/** Records a call, one recording at a time; each ends with the call at the latest, and none is lost with it. */
export class CallRecording {
  readonly #call: CallBase;
  readonly #delegate: RecordingDelegate;
  /** The recording that begins or runs. */
  #running: Promise<Recorder> | undefined;
  /** The file of the last recording. */
  #file: Promise<Blob> | undefined;

  constructor(call: CallBase, delegate: RecordingDelegate) {
    this.#call = call;
    this.#delegate = delegate;
  }

  /**
   * Begins; resolves when it records.
   *
   * @throws {SipError} `invalid-state` where it records already; `unsupported-browser`, `playback-blocked`,
   * `recording-failed`; `aborted` where the call ended meanwhile.
   */
  async start(name?: string): Promise<void> {
    if (this.#running) throw new SipError('invalid-state', {subject: 'startRecording, recording'});
    const running = (this.#running = this.#begin(name));
    try {
      await running;
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      throw toSipError(error, 'startRecording');
    }
  }

  /**
   * Ends it; resolves with the file, also when it ended by itself before.
   *
   * @throws {SipError} `invalid-state` where nothing was recorded; why, where nothing could be.
   */
  async stop(): Promise<Blob> {
    // One that never began leaves the one before it.
    await this.#running?.then(
      (recorder) => recorder.stop(),
      () => {},
    );
    if (!this.#file) throw new SipError('invalid-state', {subject: 'stopRecording, not recording'});
    return this.#file;
  }

  async #begin(name: string | undefined): Promise<Recorder> {
    const call = this.#call;
    const {Recorder} = await import('../media/recorder.js');
    const recorder = await Recorder.start(sourcesOf(call));
    const released = (): boolean => call.state.phase === 'released';
    if (released()) {
      recorder.stop();
      throw new SipError('aborted', {subject: 'startRecording'});
    }
    const onChange = (): void => {
      if (released()) recorder.stop();
      else recorder.use(sourcesOf(call));
    };
    for (const type of ['statechange', 'streamschange'] as const) call.addEventListener(type, onChange);
    onChange();
    const ended = (): void => {
      for (const type of ['statechange', 'streamschange'] as const) call.removeEventListener(type, onChange);
      this.#running = undefined;
      this.#delegate.onRunning(undefined);
    };
    this.#file = this.#finish(recorder, ended, name);
    // Whoever wants the file is told of a failure; where nobody does, the event has told it.
    this.#file.catch(() => {});
    this.#delegate.onRunning(Date.now());
    return recorder;
  }

  async #finish(recorder: Recorder, ended: () => void, name: string | undefined): Promise<Blob> {
    await recorder.ended;
    ended();
    const {blob, duration, error} = await recorder.file;
    const {type} = blob;
    const named = name === undefined ? undefined : fileName(name, ENDINGS[type] ?? 'webm', 'recording');
    const wanted = this.#delegate.onFinished({blob, name: named, type, duration, error});
    if (wanted && named !== undefined && blob.size) {
      const {download} = await import('../media/download.js');
      download(blob, named);
    }
    if (!blob.size) throw error ?? new SipError('recording-failed');
    return blob;
  }
}

/** What there is to record of a call at this moment: what each side lets the other hear, and the other side's picture. */
function sourcesOf(call: CallBase): RecordingSources {
  const {held, remoteHeld, muted} = call.state;
  // What is said to nobody is no part of the call.
  const silent = held || remoteHeld || muted;
  return {
    remote: call.remoteStream?.getAudioTracks() ?? [],
    local: (!silent && call.localStream?.getAudioTracks()) || [],
    picture: pictureOf(call, 'remote'),
  };
}
