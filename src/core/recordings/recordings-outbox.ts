import {keptDurations} from '../../durations/kept.js';
import {SipError} from '../../errors.js';
import {holdLock} from '../../locks.js';
import type {RecordingMarks, StoredRecording} from '../../media/recording/recording-about.js';
import {unlessAborted} from '../../within.js';
import {AttemptPause} from '../util/attempt-pause.js';
import {backoff} from '../util/reconnect-policy.js';
import type {RecordingsTarget} from './recordings-state.js';
import type {RecordingsUpload, RecordingUploadProgress, SaveRecording} from './recordings-upload.js';

/** The recordings, as far as the outbox needs them. */
export interface OutboxStore {
  list(): Promise<readonly StoredRecording[]>;
  get(id: string): Promise<File>;
  captions(id: string): Promise<File | undefined>;
  mark(id: string, marks: RecordingMarks): Promise<void>;
}

/** Whose recordings are uploaded, and how. */
export interface OutboxOptions {
  readonly target: RecordingsTarget;
  readonly account: string;
  readonly upload: RecordingsUpload;
  /** What the last attempt has left to continue with. */
  resumable(id: string): Promise<string | undefined>;
}

/** Uploads the recordings that are to be sent, one after the other: in one tab of the account, until it is signed out. */
export class RecordingsOutbox {
  readonly #store: OutboxStore;
  readonly #options: OutboxOptions;
  /** How often each recording could not be sent, by its id. */
  readonly #failures = new Map<string, number>();
  readonly #policy = backoff({longest: keptDurations.uploadRetry});
  #signal: AbortSignal | undefined;
  #save: SaveRecording | undefined;

  constructor(store: OutboxStore, options: OutboxOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Sends until the signal is aborted; does nothing if it already does. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#signal && !this.#signal.aborted) return;
    this.#signal = signal;
    // Another tab takes over when this one is gone.
    await holdLock(`sip-elements:recording:outbox:${this.#options.account}`, {signal});
    while (!signal.aborted) {
      const changed = this.#nextChange(signal);
      const next = await this.#next().catch(() => undefined);
      if (next) await this.#send(next, signal);
      else await changed;
    }
  }

  /** Resolves when something has changed here; a little later in any case, because other tabs record as well. */
  async #nextChange(signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const end = (): void => over.abort();
    this.#options.target.addEventListener('change', end, {signal: over.signal});
    signal.addEventListener('abort', end, {signal: over.signal});
    await new AttemptPause().wait(keptDurations.uploadLook, over.signal);
    end();
  }

  /** The recording to send next: that which has failed least often, and of those the oldest. */
  async #next(): Promise<StoredRecording | undefined> {
    const failuresOf = ({id}: StoredRecording): number => this.#failures.get(id) ?? 0;
    const [next] = (await this.#store.list())
      .filter(({toSend, sent, state}) => toSend && !sent && state !== 'recording')
      .sort((one, other) => failuresOf(one) - failuresOf(other) || one.time - other.time);
    return next;
  }

  async #send(recording: StoredRecording, signal: AbortSignal): Promise<void> {
    const {id} = recording;
    const store = this.#store;
    const failures = this.#failures.get(id) ?? 0;
    if (failures) await new AttemptPause().wait(this.#policy.nextDelay(failures - 1) ?? 0, signal);
    if (signal.aborted) return;
    const ending = new AbortController();
    const once = {signal: ending.signal};
    const look = async (): Promise<void> => {
      if (!(await store.list()).some((each) => each.id === id)) ending.abort();
    };
    signal.addEventListener('abort', () => ending.abort(), once);
    this.#options.target.addEventListener('change', () => void look().catch(() => {}), once);
    try {
      const file = await store.get(id);
      const total = file.size;
      const tell = (loaded: number): void => {
        if (!ending.signal.aborted) this.#tell({id, loaded, total});
      };
      tell(0);
      const save = await this.#sender();
      const send = async (): Promise<void> => {
        await save(file, recording, {
          signal: ending.signal,
          captions: () => store.captions(id),
          resumable: await this.#options.resumable(id),
          setResumable: async (state) => {
            ending.signal.throwIfAborted();
            await store.mark(id, {resumable: String(state)});
          },
          onProgress: tell,
        });
        await store.mark(id, {sent: true, resumable: undefined});
      };
      // A function that does not end when it should must keep no other recording waiting.
      await unlessAborted(send(), [ending.signal], () => new SipError('aborted'));
      this.#failures.delete(id);
    } catch (thrown) {
      if (ending.signal.aborted) return;
      const subject = recording.title ?? recording.name ?? recording.remote.number;
      const error =
        thrown instanceof SipError ? thrown : new SipError('upload-failed', {subject, cause: thrown});
      this.#failures.set(id, failures + 1);
      this.#tell({id, loaded: 0, total: recording.size, error});
    } finally {
      ending.abort();
    }
  }

  #tell(progress: RecordingUploadProgress): void {
    const detail = Object.freeze(progress);
    this.#options.target.dispatchEvent(new CustomEvent('upload', {detail}));
  }

  async #sender(): Promise<SaveRecording> {
    const {upload} = this.#options;
    if (typeof upload === 'function') return upload;
    const server = typeof upload === 'string' ? {endpoint: upload} : upload;
    if (!server.endpoint) throw new SipError('bad-parameter', {subject: 'recordingsUpload.endpoint'});
    const {tusSender} = await import('./tus-sender.js');
    return (this.#save ??= tusSender(server));
  }
}
