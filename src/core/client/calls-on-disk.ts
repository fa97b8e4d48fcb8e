import {keptDurations} from '../../durations/kept.js';
import {within} from '../../within.js';
import {openDatabase, visit} from '../util/open-database.js';
import {readWritten, type Written} from './written-calls.js';

const STORE = 'calls';

/**
 * Calls in IndexedDB, which is on the disk at once. Browsers write session storage there now and then, Chromium once a
 * minute: if they are killed, they know no call when they restore their tabs, or an old one.
 *
 * If the browser refuses, there is no copy.
 */
export class CallsOnDisk {
  #opening: Promise<IDBDatabase> | undefined;

  /** Returns what was written last; undefined without that, and if it takes long. */
  async read(key: string): Promise<Written | undefined> {
    return within(this.#read(key), keptDurations.callsRead);
  }

  write(key: string, written: Written): void {
    const put = async (): Promise<unknown> => (await this.#store())?.put(written, key);
    put().catch(() => {});
  }

  async #read(key: string): Promise<Written | undefined> {
    const request = (await this.#store())?.openCursor();
    if (!request) return undefined;
    let found: Written | undefined;
    const reading = visit(request, (cursor) => {
      const written = readWritten(cursor.value);
      if (cursor.key === key) found = written;
      // The clock may have been set back.
      else if (!(Math.abs(Date.now() - written.at) <= keptDurations.leftCalls)) cursor.delete();
      return true;
    });
    return reading.then(
      () => found,
      () => undefined,
    );
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
