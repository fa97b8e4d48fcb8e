import {SipError, toSipError} from '../../errors.js';
import type {RecordingAbout, StoredRecording} from '../../media/recording/recording-about.js';
import type {RecordingSink} from '../../media/recording/recording-sink.js';
import type {RecordingStore} from '../../media/recording/recording-store.js';
import {TypedEventTarget} from '../util/typed-event-target.js';
import {randomUuid} from '../util/uuid.js';

export type {StoredRecording} from '../../media/recording/recording-about.js';

/** Where a recording is kept while it is made: in the browser's private files, or as long as the page lives. */
export type RecordingMode = 'local' | 'memory';

/** How recordings are kept. */
export interface RecordingsOptions {
  /** `user@domain`. */
  readonly account: string;
  readonly mode: RecordingMode;
  /** How much is kept of all of them, in megabytes. */
  readonly limit: number;
  /** After how many days one goes. */
  readonly days: number;
}

const MEGABYTE = 1024 * 1024;

/**
 * The recordings of an account that the browser keeps, in the origin's private file system: they outlive the page, and the
 * browser's own end.
 *
 * `change` tells that there is another one, one less, or that one has ended, in this page.
 */
export class Recordings extends TypedEventTarget<{change: Event}> {
  readonly #options: RecordingsOptions;

  /** @internal A client has one. */
  constructor(options: RecordingsOptions) {
    super();
    this.#options = options;
  }

  /** What is kept, the newest first; nothing where the browser keeps none. What is too old goes. */
  async list(): Promise<readonly StoredRecording[]> {
    const {account, days} = this.#options;
    const store = await openStore();
    if (!store) return [];
    await store.dropAged(days);
    return (await store.list())
      .filter((each) => each.account === account)
      .map(({account: _, ...each}) => Object.freeze(each));
  }

  /**
   * Fetches a recording as a file that players know, and seek in; the browser reads it from the disk. One that was cut off
   * is made whole by it, one that is being made comes as far as it is.
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
   * @throws {SipError} `recording-not-found`; `invalid-state` while it is being made, here or in another page.
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
   * @internal Where the next recording goes; in memory where the browser keeps none.
   *
   * @throws {SipError} `storage-full`
   */
  async begin(about: Omit<RecordingAbout, 'account'>): Promise<{id?: string; sink: RecordingSink}> {
    const {account, mode, limit, days} = this.#options;
    const store = mode === 'local' ? await openStore() : undefined;
    const id = randomUuid();
    try {
      const limits = {bytes: limit * MEGABYTE, days};
      if (store) return {id, sink: await store.begin(id, {...about, account}, limits)};
    } catch (error) {
      if (toSipError(error).code === 'storage-full') throw toSipError(error);
    }
    const {BlobSink} = await import('../../media/recording/recording-sink.js');
    return {sink: new BlobSink()};
  }

  /** @internal Tells of a change. */
  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  /** A recording of this account's, and the store that has it. */
  async #find(id: string): Promise<{store: RecordingStore; kept: StoredRecording}> {
    const [store, list] = [await openStore(), await this.list()];
    const kept = list.find((each) => each.id === id);
    if (!store || !kept) throw new SipError('recording-not-found', {subject: String(id)});
    return {store, kept};
  }
}

async function openStore(): Promise<RecordingStore | undefined> {
  const {RecordingStore} = await import('../../media/recording/recording-store.js');
  return RecordingStore.open();
}

/** Another page may have deleted it meanwhile. */
function explained(error: unknown, id: string): SipError {
  const gone = error instanceof DOMException && error.name === 'NotFoundError';
  return gone ? new SipError('recording-not-found', {subject: id, cause: error}) : toSipError(error, id);
}
