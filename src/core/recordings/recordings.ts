import {durations} from '../../durations/page.js';
import {SipError, toSipError} from '../../errors.js';
import type {RecordingAbout, StoredRecording} from '../../media/recording/recording-about.js';
import type {RecordingSink} from '../../media/recording/recording-sink.js';
import type {RecordingStore} from '../../media/recording/recording-store.js';
import {within} from '../../within.js';
import {TypedEventTarget} from '../util/typed-event-target.js';
import {randomUuid} from '../util/uuid.js';

export type {StoredRecording} from '../../media/recording/recording-about.js';

/**
 * Where recordings are stored while they are made: in the browser's private files, or in memory while the page lives.
 */
export type RecordingMode = 'local' | 'memory';

/** Options of the recordings. */
export interface RecordingsOptions {
  /** `user@domain`. */
  readonly account: string;
  readonly mode: RecordingMode;
  /** The maximum size of all recordings, in megabytes. */
  readonly limit: number;
  /** After how many days a recording is deleted. */
  readonly days: number;
}

const MEGABYTE = 1024 * 1024;

/**
 * The recordings of an account that the browser stores in the origin's private file system. They survive the page and a
 * restart of the browser.
 *
 * `change` is dispatched when a recording is added, deleted or finished in this page.
 */
export class Recordings extends TypedEventTarget<{change: Event}> {
  readonly #options: RecordingsOptions;

  /** @internal Created by its client. */
  constructor(options: RecordingsOptions) {
    super();
    this.#options = options;
  }

  /**
   * Lists the stored recordings, newest first; empty if the browser stores none for this page, as in a private window. Deletes
   * those that are too old.
   *
   * @throws {SipError} `internal` if the browser cannot read what it stores.
   */
  async list(): Promise<readonly StoredRecording[]> {
    return this.find().catch((error: unknown) => {
      if (((error as SipError).cause as Error | undefined)?.name === 'SecurityError') return [];
      throw error;
    });
  }

  /** @internal The same; rejects also if the browser denies its files to this page: it may have some of earlier pages. */
  async find(): Promise<readonly StoredRecording[]> {
    const {account, days} = this.#options;
    try {
      const store = await openStore();
      await store?.dropAged(days);
      return ((await store?.list()) ?? [])
        .filter((each) => each.account === account)
        .map(({account: _, ...each}) => Object.freeze(each));
    } catch (error) {
      throw toSipError(error, 'recordings');
    }
  }

  /**
   * Returns a recording as a file that players can open and seek in; the browser reads it from disk. An interrupted
   * recording is repaired, a running one is returned up to now.
   *
   * @throws {SipError} `recording-not-found`
   */
  async get(id: string): Promise<File> {
    const {store, kept} = await this.#find(id);
    try {
      const {blob} = await store.get(id);
      const {recordingName} = await import('./recording-name.js');
      return new File([blob], recordingName(kept, blob.type), {
        type: blob.type,
        lastModified: kept.time,
      });
    } catch (error) {
      throw explained(error, id);
    }
  }

  /**
   * Deletes a recording.
   *
   * @throws {SipError} `recording-not-found`; `invalid-state` while it is running, here or in another page.
   */
  async delete(id: string): Promise<void> {
    const {store} = await this.#find(id);
    try {
      await store.delete(id);
    } catch (error) {
      throw explained(error, id);
    }
    this.changed();
  }

  /**
   * @internal Opens the sink of a new recording; in memory if the browser stores none, or does not respond.
   *
   * @throws {SipError} `storage-full`
   */
  async begin(about: Omit<RecordingAbout, 'account'>): Promise<{id?: string; sink: RecordingSink}> {
    const {account, mode, limit, days} = this.#options;
    const id = randomUuid();
    const limits = {bytes: limit * MEGABYTE, days};
    const store = async (): Promise<RecordingSink | undefined> =>
      (await openStore().catch(() => undefined))?.begin(id, {...about, account}, limits);
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

  /** @internal Dispatches `change`. */
  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  /** Returns a recording of this account and its store. */
  async #find(id: string): Promise<{store: RecordingStore; kept: StoredRecording}> {
    const list = await this.list();
    const store = list.length ? await openStore() : undefined;
    const kept = list.find((each) => each.id === id);
    if (!store || !kept) throw new SipError('recording-not-found', {subject: String(id)});
    return {store, kept};
  }
}

async function openStore(): Promise<RecordingStore | undefined> {
  const {RecordingStore} = await import('../../media/recording/recording-store.js');
  return RecordingStore.open();
}

/** Converts an error of the store; another page may have deleted the recording meanwhile. */
function explained(error: unknown, id: string): SipError {
  const gone = error instanceof DOMException && error.name === 'NotFoundError';
  return gone ? new SipError('recording-not-found', {subject: id, cause: error}) : toSipError(error, id);
}
