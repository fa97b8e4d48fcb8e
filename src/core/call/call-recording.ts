import {SipError, toSipError} from '../../errors.js';
import type {CallSource} from './call-state.js';
import type {RecordingDelegate, RecordingOptions, RunningRecording} from './running-recording.js';

/** Records a call, one recording at a time. A recording ends with the call at the latest and is not lost then. */
export class CallRecording {
  readonly #call: CallSource;
  readonly #delegate: RecordingDelegate;
  /** The recording that is starting or running. */
  #running: Promise<RunningRecording> | undefined;
  /** The recording that is running. */
  #run: RunningRecording | undefined;
  /** The file of the last recording. */
  #file: Promise<Blob> | undefined;

  constructor(call: CallSource, delegate: RecordingDelegate) {
    this.#call = call;
    this.#delegate = delegate;
  }

  /**
   * Starts a recording; resolves when it runs.
   *
   * @throws {SipError} `invalid-state` if a recording already runs; `recording-declined`, `bad-parameter`,
   * `unsupported-browser`, `playback-blocked`, `recording-failed`, `storage-full`; `aborted` if the call ended
   * meanwhile.
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

  /** Whether anything of the call was recorded. */
  get recorded(): boolean {
    return !!this.#file;
  }

  /** The length of the running recording without its pauses, in milliseconds; undefined if there is none. */
  get duration(): number | undefined {
    return this.#run?.duration;
  }

  /** Pauses the recording until `resume`. @throws {SipError} `invalid-state` if there is no recording. */
  async pause(): Promise<void> {
    (await this.#current('pauseRecording')).pause();
  }

  /** @throws {SipError} `invalid-state` if there is no recording. */
  async resume(): Promise<void> {
    (await this.#current('resumeRecording')).resume();
  }

  /**
   * Stops the recording; resolves with the file, even if the recording had already ended.
   *
   * @throws {SipError} `invalid-state` if nothing was recorded; the reason if recording failed.
   */
  async stop(): Promise<Blob> {
    // A recording that never started leaves the file of the previous one.
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
    const {onChange} = this.#delegate;
    const delegate: RecordingDelegate = {
      ...this.#delegate,
      onChange: (state) => {
        if (state.recording === false) this.#running = this.#run = undefined;
        onChange(state);
      },
    };
    const running = await recordCall(this.#call, options, delegate, (begun) => (this.#run = begun));
    this.#file = running.file;
    // A caller of `stop` gets the failure. Without one, the event has reported it.
    this.#file.catch(() => {});
    return running;
  }
}
