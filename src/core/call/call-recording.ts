import {SipError, toSipError} from '../../errors.js';
import type {CallSource} from './call-state.js';
import type {RecordingDelegate, RecordingOptions, RunningRecording} from './running-recording.js';

/** Records a call, one recording at a time; each ends with the call at the latest, and none is lost with it. */
export class CallRecording {
  readonly #call: CallSource;
  readonly #delegate: RecordingDelegate;
  /** The recording that begins or runs. */
  #running: Promise<RunningRecording> | undefined;
  /** The recording that runs. */
  #run: RunningRecording | undefined;
  /** The file of the last recording. */
  #file: Promise<Blob> | undefined;

  constructor(call: CallSource, delegate: RecordingDelegate) {
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
