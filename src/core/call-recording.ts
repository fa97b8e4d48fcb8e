import {SipError, toSipError} from '../errors.js';
import type {CallBase, CallState} from './call-base.js';
import type {Recordings} from './recordings.js';
import type {RunningRecording} from './running-recording.js';

/** How a call is recorded. */
export interface RecordingOptions {
  /**
   * The name under which the file is downloaded when it is finished, the ending is added; not downloaded where there is none.
   * With `.mp4` or `.webm` at its end it is of that kind, where the browser can make it.
   * `{number}` and `{name}` of the other side, `{id}` of the call and `{time}` are filled in, `{{` is a brace.
   */
  readonly name?: string | undefined;
  /** Puts one's own picture, small, into a corner of the other side's; false by default. */
  readonly inset?: boolean | undefined;
}

/** A recording that is about to begin. */
export interface RecordingRequest {
  /** Whether one's own picture is to be in it. */
  readonly inset: boolean;
  /** Answers later, where somebody has to be asked. The first answer counts: false for any other. */
  respondWith(response: boolean | Promise<boolean>): boolean;
  /** Aborted once it is answered, or the call is over. */
  readonly signal: AbortSignal;
}

/** What a recording came to. */
export interface FinishedRecording {
  /** By which `client.recordings` has it; undefined where the browser does not keep it. */
  readonly id?: string | undefined;
  /** The file; empty where nothing could be recorded. */
  readonly blob: Blob;
  /** Its name with the ending that fits; undefined where it was asked for without one. */
  readonly name?: string | undefined;
  /** Its media type: `video/mp4`, `video/webm`, `audio/mp4` or `audio/webm`. */
  readonly type: string;
  /** In seconds, without its pauses. */
  readonly duration: number;
  /** Why it ended before it was asked to; `blob` has what was recorded until then. */
  readonly error?: SipError | undefined;
}

/** What a call says of its recording. */
export type RecordingState = Pick<
  CallState,
  'recording' | 'recordingPaused' | 'recordingSince' | 'recordingStorage'
>;

/** What a recording needs of its call. */
export interface RecordingDelegate {
  readonly recordings: Recordings | undefined;
  readonly onChange: (state: Partial<RecordingState>) => void;
}

/** Records a call, one recording at a time; each ends with the call at the latest, and none is lost with it. */
export class CallRecording {
  readonly #call: CallBase;
  readonly #delegate: RecordingDelegate;
  /** The recording that begins or runs. */
  #running: Promise<RunningRecording> | undefined;
  /** The recording that runs. */
  #run: RunningRecording | undefined;
  /** The file of the last recording. */
  #file: Promise<Blob> | undefined;

  constructor(call: CallBase, delegate: RecordingDelegate) {
    this.#call = call;
    this.#delegate = delegate;
  }

  /**
   * Begins; resolves when it records.
   *
   * @throws {SipError} `invalid-state` where it records already; `recording-declined`, `bad-parameter`,
   * `unsupported-browser`, `playback-blocked`, `recording-failed`, `storage-full`; `aborted` where the call ended meanwhile.
   */
  async start(options: RecordingOptions): Promise<void> {
    if (this.#running) throw new SipError('invalid-state', {subject: 'startRecording, recording'});
    const running = (this.#running = this.#begin(options));
    try {
      await running;
    } catch (error) {
      if (this.#running === running) this.#running = undefined;
      throw toSipError(error, 'startRecording');
    }
  }

  /** How long it is by now without its pauses, in milliseconds; undefined while it does not record. */
  get duration(): number | undefined {
    return this.#run?.duration;
  }

  /** Leaves out what comes, until `resume`. @throws {SipError} `invalid-state` where it does not record. */
  async pause(): Promise<void> {
    (await this.#current('pauseRecording')).pause();
  }

  /** @throws {SipError} `invalid-state` where it does not record. */
  async resume(): Promise<void> {
    (await this.#current('resumeRecording')).resume();
  }

  /**
   * Ends it; resolves with the file, also when it ended by itself before.
   *
   * @throws {SipError} `invalid-state` where nothing was recorded; why, where nothing could be.
   */
  async stop(): Promise<Blob> {
    // One that never began leaves the one before it.
    await this.#running?.then(
      (running) => running.stop(),
      () => {},
    );
    if (!this.#file) throw new SipError('invalid-state', {subject: 'stopRecording, not recording'});
    return this.#file;
  }

  async #current(command: string): Promise<RunningRecording> {
    const running = await this.#running?.catch(() => undefined);
    if (!running) throw new SipError('invalid-state', {subject: `${command}, not recording`});
    return running;
  }

  async #begin(options: RecordingOptions): Promise<RunningRecording> {
    const {recordCall} = await import('./running-recording.js');
    const {recordings, onChange} = this.#delegate;
    const delegate: RecordingDelegate = {
      recordings,
      onChange: (state) => {
        if (state.recording === false) this.#running = this.#run = undefined;
        onChange(state);
      },
    };
    const running = await recordCall(this.#call, options, delegate, (begun) => (this.#run = begun));
    this.#file = running.file;
    // Whoever wants the file is told of a failure; where nobody does, the event has told it.
    this.#file.catch(() => {});
    return running;
  }
}
