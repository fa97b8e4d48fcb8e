import {SipError} from '../../errors.js';
import {PageDatabase, visit} from '../util/open-database.js';

/** The page's database of messages, which all clients share. It rejects with `internal` if the browser refuses. */
export const messageDatabase = new PageDatabase({
  name: 'sip-elements',
  stores: ['messages', 'conversations'],
  explain: (cause) => new SipError('internal', {subject: 'storage of messages', cause}),
  create: (created) => {
    const messages = created.createObjectStore('messages', {keyPath: ['account', 'number', 'order', 'id']});
    messages.createIndex('id', ['account', 'id']);
    messages.createIndex('sending', ['account', 'sending']);
    created.createObjectStore('conversations', {keyPath: ['account', 'number']});
  },
});

/** Deletes the last `count` records of a range. */
export async function deleteLast(messages: IDBObjectStore, range: IDBKeyRange, count: number): Promise<void> {
  let left = count;
  await visit(messages.openCursor(range, 'prev'), (cursor) => {
    if (left === 0) return false;
    left -= 1;
    cursor.delete();
    return true;
  });
}
