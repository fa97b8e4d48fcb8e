import {SipError} from '../../errors.js';
import {openDatabase} from '../util/open-database.js';

/** Resolves with the result of a request. */
export const settled = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(storageError(request.error));
  });

const storageError = (cause: unknown): SipError =>
  new SipError('internal', {subject: 'storage of messages', cause});

let opening: Promise<IDBDatabase> | undefined;

/**
 * Opens the page's database, which all clients share.
 *
 * @throws {SipError} `internal` if the browser refuses.
 */
export function database(): Promise<IDBDatabase> {
  opening ??= openDatabase('sip-elements', create, () => (opening = undefined)).catch((error: unknown) => {
    opening = undefined;
    throw storageError(error);
  });
  return opening;
}

function create(created: IDBDatabase): void {
  const messages = created.createObjectStore('messages', {keyPath: ['account', 'number', 'order', 'id']});
  messages.createIndex('id', ['account', 'id']);
  messages.createIndex('sending', ['account', 'sending']);
  created.createObjectStore('conversations', {keyPath: ['account', 'number']});
}

/** A task in one transaction. */
type Task<T> = (messages: IDBObjectStore, conversations: IDBObjectStore) => Promise<T>;

/**
 * Runs a task in one transaction of the message database; resolves when it is written. The task runs a second time over a
 * new connection if the first one fails: the browser closes it when another page of the site crashes, for example.
 *
 * @throws {SipError} `internal` if the browser refuses.
 */
export async function transact<T>(mode: IDBTransactionMode, task: Task<T>): Promise<T> {
  const connection = database();
  try {
    return await attempt(await connection, mode, task);
  } catch {
    if (opening === connection) opening = undefined;
    return attempt(await database(), mode, task);
  }
}

async function attempt<T>(connection: IDBDatabase, mode: IDBTransactionMode, task: Task<T>): Promise<T> {
  const transaction = connection.transaction(['messages', 'conversations'], mode);
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(storageError(transaction.error));
  });
  // If the task fails, its error is the one that counts.
  done.catch(() => {});
  const result = await task(transaction.objectStore('messages'), transaction.objectStore('conversations'));
  await done;
  return result;
}

/** Deletes the last `count` records of a range. */
export async function deleteLast(messages: IDBObjectStore, range: IDBKeyRange, count: number): Promise<void> {
  const walk = messages.openCursor(range, 'prev');
  await new Promise<void>((resolve, reject) => {
    let left = count;
    walk.onerror = () => reject(storageError(walk.error));
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (!cursor || left === 0) return resolve();
      left -= 1;
      cursor.delete();
      cursor.continue();
    };
  });
}
