import {keptDurations} from '../../durations/kept.js';
import {within} from '../../within.js';

/**
 * Opens an IndexedDB database in its first version.
 *
 * @param create - Creates its stores, once.
 * @param onGone - Called when the browser or another page has closed the connection.
 * @throws {DOMException} why the browser refuses, or that it does not answer
 */
export async function openDatabase(
  name: string,
  create: (database: IDBDatabase) => void,
  onGone: () => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => create(request.result);
  let isLate = false;
  const opening = settled<IDBDatabase>(request).then((database) => {
    if (isLate) database.close();
    database.onversionchange = () => {
      onGone();
      database.close();
    };
    database.onclose = onGone;
    return database;
  });
  return within(opening, keptDurations.database, () => {
    isLate = true;
    return new DOMException(`The database ${name} does not open.`, 'TimeoutError');
  });
}

/** Resolves with the result of a request; rejects with the browser's error. */
export const settled = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error!);
  });

/** Goes through the records of a range, until the visitor returns false. */
export async function visit(
  request: IDBRequest<IDBCursorWithValue | null>,
  visitor: (cursor: IDBCursorWithValue) => boolean,
): Promise<void> {
  for (;;) {
    const cursor = await settled<IDBCursorWithValue | null>(request);
    if (!cursor || !visitor(cursor)) return;
    cursor.continue();
  }
}

/** What a database is made of. */
export interface PageDatabaseOptions {
  readonly name: string;
  /** The stores that every transaction has, in this order. */
  readonly stores: readonly string[];
  /** Creates the stores, once. */
  readonly create: (database: IDBDatabase) => void;
  /** Converts what the browser refuses with. */
  readonly explain: (cause: unknown) => Error;
  /** Whether a transaction has ended only when it is on the disk, and not yet in the system's memory. */
  readonly strict?: boolean;
}

/** A task in one transaction, with its stores. */
export type DatabaseTask<T> = (...stores: readonly IDBObjectStore[]) => Promise<T>;

/** One IndexedDB database of the page's origin, which all clients of the page share. */
export class PageDatabase {
  readonly #options: PageDatabaseOptions;
  #opening: Promise<IDBDatabase> | undefined;
  /** Whether a transaction was given up, and none has ended since. */
  #isBusy = false;

  constructor(options: PageDatabaseOptions) {
    this.#options = options;
  }

  /** Opens the database. Rejects with the explained error if the browser refuses. */
  open(): Promise<IDBDatabase> {
    const {name, create, explain} = this.#options;
    this.#opening ??= openDatabase(name, create, () => (this.#opening = undefined)).catch(
      (error: unknown) => {
        this.#opening = undefined;
        throw explain(error);
      },
    );
    return this.#opening;
  }

  /**
   * Runs a task in one transaction; resolves when it is written. The task runs a second time over a new connection if the
   * first one fails: the browser closes it when another page of the site crashes, for example. Rejects after a while if it does
   * not end, as behind the transaction of a page that stands still; nothing is written then.
   */
  async transact<T>(mode: IDBTransactionMode, task: DatabaseTask<T>): Promise<T> {
    const connection = this.open();
    try {
      return await this.#attempt(await connection, mode, task);
    } catch (error) {
      if (this.#opening === connection) this.#opening = undefined;
      if (this.#isBusy) throw error;
      return this.#attempt(await this.open(), mode, task);
    }
  }

  async #attempt<T>(connection: IDBDatabase, mode: IDBTransactionMode, task: DatabaseTask<T>): Promise<T> {
    const {stores, explain, strict} = this.#options;
    const transaction = connection.transaction(stores, mode, {durability: strict ? 'strict' : 'default'});
    // Each of several tasks would wait as long.
    const patience = this.#isBusy ? keptDurations.busyDatabase : keptDurations.databaseTask;
    const timer = setTimeout(() => {
      this.#isBusy = true;
      transaction.abort();
    }, patience);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(explain(transaction.error));
    });
    // If the task fails, its error is the one that counts.
    void done
      .then(() => (this.#isBusy = false))
      .catch(() => {})
      .then(() => clearTimeout(timer));
    const result = await task(...stores.map((name) => transaction.objectStore(name))).catch(
      (error: unknown) => {
        throw error instanceof DOMException ? explain(error) : error;
      },
    );
    await done;
    return result;
  }
}
