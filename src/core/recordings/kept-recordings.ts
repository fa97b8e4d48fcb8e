import {mediaDurations} from '../../durations/media.js';
import {durations} from '../../durations/page.js';
import {SipError, toSipError} from '../../errors.js';
import type {RecordingAbout, RecordingMarks, StoredRecording} from '../../media/recording/recording-about.js';
import type {RecordingSink} from '../../media/recording/recording-sink.js';
import type {Kept, RecordingLimits, RecordingStore} from '../../media/recording/recording-store.js';
import {within} from '../../within.js';
import {plainName} from '../util/plain-name.js';
import {randomUuid} from '../util/uuid.js';
import type {RecordingsOptions, RecordingsTarget} from './recordings-state.js';
import type {RecordingsOutbox} from './recordings-outbox.js';

const MEGABYTE = 1024 * 1024;

/** The longest title, in characters. */
const MOST_OF_TITLE = 200;

/** What `Recordings` does, loaded when it is first used. */
export class KeptRecordings {
  readonly #target: RecordingsTarget;
  readonly #options: RecordingsOptions;
  #outbox: RecordingsOutbox | undefined;

  constructor(target: RecordingsTarget, options: RecordingsOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** See `Recordings.list`. */
  async list(): Promise<readonly StoredRecording[]> {
    try {
      return (await this.#all()).filter(({removed}) => removed === undefined).map(recordingOf);
    } catch (error) {
      if (isDenied(error)) return [];
      throw error;
    }
  }

  /** See `Recordings.find`. */
  async find(): Promise<readonly StoredRecording[]> {
    return (await this.#all()).map(recordingOf);
  }

  /** See `Recordings.get`. */
  async get(id: string): Promise<File> {
    const {store, kept} = await this.#stored(id);
    return explained(id, async () => {
      const {blob} = await store.get(id);
      const {recordingName} = await import('./recording-name.js');
      return new File([blob], recordingName(kept, blob.type), {
        type: blob.type,
        lastModified: kept.time,
      });
    });
  }

  /** See `Recordings.captions`. */
  async captions(id: string): Promise<File | undefined> {
    const {store, kept} = await this.#stored(id);
    return explained(id, async () => {
      const file = await store.captions(id);
      if (!file) return undefined;
      const [{recordingName}, {sortedVtt}] = await Promise.all([
        import('./recording-name.js'),
        import('../captions/web-vtt.js'),
      ]);
      const type = 'text/vtt';
      return new File([sortedVtt(await file.text())], recordingName(kept, type), {
        type,
        lastModified: kept.time,
      });
    });
  }

  /** See `Recordings.download`. */
  async download(id: string): Promise<void> {
    const files = await Promise.all([this.get(id), this.captions(id)]);
    const {download} = await import('../../media/recording/download.js');
    for (const file of files) if (file) download(file, file.name);
  }

  /** See `Recordings.rename`. */
  async rename(id: string, title: string): Promise<void> {
    await this.mark(id, {title: plainName(title, MOST_OF_TITLE)});
  }

  /** See `Recordings.delete`. */
  async delete(id: string, restorable = false): Promise<void> {
    if (restorable) {
      const removed = Date.now();
      await this.mark(id, {removed});
      // By this timer, whatever the clock is set to meanwhile. The next page deletes what this one does not.
      const end = async (): Promise<void> => (await openStore())?.deleteRemoved(id, removed);
      setTimeout(() => void end().catch(() => {}), mediaDurations.restoring);
      return;
    }
    const {store} = await this.#stored(id);
    await explained(id, () => store.delete(id));
    this.#changed();
  }

  /** See `Recordings.restore`. */
  async restore(id: string): Promise<void> {
    await this.mark(id, {removed: undefined});
  }

  /** Changes what is noted about a recording. */
  async mark(id: string, marks: RecordingMarks): Promise<void> {
    const {store} = await this.#stored(id);
    await explained(id, () => store.mark(id, marks));
    this.#changed();
  }

  /** See `Recordings.begin`. */
  async begin(about: Omit<RecordingAbout, 'account'>): Promise<{id?: string; sink: RecordingSink}> {
    const {account, mode, upload} = this.#options;
    const id = randomUuid();
    const store = async (): Promise<RecordingSink | undefined> =>
      (await openStore().catch(() => undefined))?.begin(
        id,
        {...about, account, ...(upload && {toSend: true})},
        this.#limits,
      );
    try {
      const opening = mode === 'local' ? store() : Promise.resolve(undefined);
      const sink = await within(opening, durations.recordingStorage);
      if (sink) return {id, sink};
      // What the storage begins later is not used.
      opening
        .then((late) => late?.finish({type: 'video/webm', duration: 0, pictured: false}))
        .catch(() => {});
    } catch (error) {
      if (toSipError(error).code === 'storage-full') throw toSipError(error);
    }
    const {BlobSink} = await import('../../media/recording/recording-sink.js');
    return {sink: new BlobSink()};
  }

  /** See `Recordings.send`. */
  async send(signal: AbortSignal): Promise<void> {
    const {account, upload} = this.#options;
    if (!upload) return;
    const {RecordingsOutbox} = await import('./recordings-outbox.js');
    this.#outbox ??= new RecordingsOutbox(this, {
      target: this.#target,
      account,
      upload,
      resumable: async (id) => (await this.#stored(id)).kept.resumable,
    });
    await this.#outbox.run(signal);
  }

  #changed(): void {
    this.#target.dispatchEvent(new Event('change'));
  }

  get #limits(): RecordingLimits {
    const {account, limit, days, upload} = this.#options;
    return {
      keepsUnsent: !!upload,
      bytes: limit * MEGABYTE,
      days,
      onDrop: (dropped, reason) => {
        if (dropped.account !== account) return;
        const detail = Object.freeze({recording: recordingOf(dropped), reason});
        this.#target.dispatchEvent(new CustomEvent('dropped', {detail}));
        this.#changed();
      },
    };
  }

  /** Returns the recordings of this account, the newest first. */
  async #all(): Promise<readonly Kept[]> {
    const {account} = this.#options;
    try {
      const store = await openStore();
      await store?.dropAged(this.#limits);
      return ((await store?.list()) ?? []).filter((each) => each.account === account);
    } catch (error) {
      throw toSipError(error, 'recordings');
    }
  }

  /** Returns a recording of this account and its store. */
  async #stored(id: string): Promise<{store: RecordingStore; kept: Kept}> {
    const all = await this.#all().catch((error: unknown) => {
      if (isDenied(error)) return [];
      throw error;
    });
    const kept = all.find((each) => each.id === id);
    const store = kept && (await openStore());
    if (!store) throw new SipError('recording-not-found', {subject: String(id)});
    return {store, kept};
  }
}

/** Whether the browser denies its files to this page. */
function isDenied(error: unknown): boolean {
  return ((error as SipError).cause as Error | undefined)?.name === 'SecurityError';
}

async function openStore(): Promise<RecordingStore | undefined> {
  const {RecordingStore} = await import('../../media/recording/recording-store.js');
  return RecordingStore.open();
}

function recordingOf({account: _, removed: __, resumable: ___, ...recording}: Kept): StoredRecording {
  return Object.freeze(recording);
}

/** Runs a task of the store and converts its error: another page may have deleted the recording meanwhile. */
async function explained<T>(id: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const gone = error instanceof DOMException && error.name === 'NotFoundError';
    throw gone ? new SipError('recording-not-found', {subject: id, cause: error}) : toSipError(error, id);
  }
}
