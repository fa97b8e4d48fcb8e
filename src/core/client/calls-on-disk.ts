import type {KeptCall} from '../call/call-init.js';
import {openDatabase} from '../util/open-database.js';

const STORE = 'calls';

/** How long the database may take to open and to read, in milliseconds: calls wait for it. */
const PATIENCE = 1_000;

/** How old calls may become, in milliseconds: nobody will come for them. */
const OLDEST = 24 * 3_600_000;

/** The calls of a page, as the next page needs them. */
export interface Written {
  /** When the page was there for the last time, in milliseconds since the epoch. */
  readonly at: number;
  readonly calls: readonly KeptCall[];
}

/**
 * Calls in IndexedDB, which is on the disk at once. Browsers write session storage there now and then, Chromium once a
 * minute: if they are killed, they know no call when they restore their tabs, or an old one.
 *
 * If the browser refuses, there is no copy.
 */
export class CallsOnDisk {
  #opening: Promise<IDBDatabase> | undefined;
  /** Whether a page has written something since, or may have. */
  #any = true;

  /** Returns what was written last; undefined without that. */
  async read(key: string): Promise<Written | undefined> {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));
    return Promise.race([this.#read(key), late]);
  }

  /** Writes the calls; without them, deletes what was written. */
  write(key: string, written: Written | undefined): void {
    if (!written && !this.#any) return;
    this.#any = written !== undefined;
    const change = async (): Promise<unknown> => {
      const store = await this.#store();
      return written ? store?.put(written, key) : store?.delete(key);
    };
    change().catch(() => {});
  }

  async #read(key: string): Promise<Written | undefined> {
    const request = (await this.#store())?.openCursor();
    if (!request) return undefined;
    return new Promise((resolve) => {
      let found: Written | undefined;
      request.onerror = () => resolve(undefined);
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return resolve(found);
        const written = cursor.value as Written;
        if (cursor.key === key) found = written;
        else if (Date.now() - written.at > OLDEST) cursor.delete();
        cursor.continue();
      };
    });
  }

  /** The store in a new transaction; undefined if the browser refuses. */
  async #store(): Promise<IDBObjectStore | undefined> {
    const gone = (): void => void (this.#opening = undefined);
    try {
      this.#opening ??= openDatabase(
        'sip-elements-calls',
        (created) => created.createObjectStore(STORE),
        gone,
      );
      return (await this.#opening).transaction(STORE, 'readwrite').objectStore(STORE);
    } catch {
      gone();
      return undefined;
    }
  }
}
