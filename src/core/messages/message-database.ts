import {SipError} from '../../errors.js';
import {PageDatabase} from '../util/open-database.js';

/** Resolves with the result of a request. */
export const settled = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(storageError(request.error));
  });

const storageError = (cause: unknown): SipError =>
  new SipError('internal', {subject: 'storage of messages', cause});

const messageDatabase = new PageDatabase({
  name: 'sip-elements',
  stores: ['messages', 'conversations'],
  explain: storageError,
  create: (created) => {
    const messages = created.createObjectStore('messages', {keyPath: ['account', 'number', 'order', 'id']});
    messages.createIndex('id', ['account', 'id']);
    messages.createIndex('sending', ['account', 'sending']);
    created.createObjectStore('conversations', {keyPath: ['account', 'number']});
  },
});

/**
 * Opens the page's database, which all clients share.
 *
 * @throws {SipError} `internal` if the browser refuses.
 */
export function database(): Promise<IDBDatabase> {
  return messageDatabase.open();
}

/** A task in one transaction. */
type Task<T> = (messages: IDBObjectStore, conversations: IDBObjectStore) => Promise<T>;

/**
 * Runs a task in one transaction of the message database; resolves when it is written. See `PageDatabase.transact`.
 *
 * @throws {SipError} `internal` if the browser refuses.
 */
export async function transact<T>(mode: IDBTransactionMode, task: Task<T>): Promise<T> {
  return messageDatabase.transact(mode, task);
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
