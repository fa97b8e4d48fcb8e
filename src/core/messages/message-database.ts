import {SipError} from '../../errors.js';

/** The version of the database. */
const VERSION = 1;

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
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('sip-elements', VERSION);
    request.onupgradeneeded = () => {
      const messages = request.result.createObjectStore('messages', {
        keyPath: ['account', 'number', 'order', 'id'],
      });
      messages.createIndex('id', ['account', 'id']);
      messages.createIndex('sending', ['account', 'sending']);
      request.result.createObjectStore('conversations', {keyPath: ['account', 'number']});
    };
    request.onsuccess = () => {
      const {result} = request;
      const gone = (): void => void (opening = undefined);
      result.onversionchange = () => {
        gone();
        result.close();
      };
      result.onclose = gone;
      resolve(result);
    };
    request.onerror = () => reject(storageError(request.error));
    request.onblocked = () => reject(storageError('blocked'));
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
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
