import {ERROR_TEXTS, SipError} from '../errors.js';
import {fileIn, type SipMessage} from './message.js';
import type {ConversationSummary} from './messages.js';

/** The version of what is kept. */
const VERSION = 1;
/** Two tabs are told of one message within this time, in milliseconds. */
const SAME = 10_000;
/** How many conversations an account keeps. */
const CONVERSATIONS = 1_000;

/** A message as it is kept. */
interface MessageRecord extends Omit<SipMessage, 'file'> {
  readonly account: string;
  /** What it is sorted by: the newest first, since a database reads from its beginning. */
  readonly order: number;
  /** Those that were told of it by the server, as each of several tabs is. */
  readonly tabs: readonly string[];
  /** There while it is sent: what nobody sends any more is found by it. */
  readonly sending?: 1;
  readonly fileName?: string;
  readonly fileSize?: number;
}

interface ConversationRecord extends ConversationSummary {
  readonly account: string;
  readonly count: number;
}

/** How a store is opened. */
export interface MessageStoreOptions {
  readonly account: string;
  readonly limit: number;
}

const settled = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(storageError(request.error));
  });

const storageError = (cause: unknown): SipError =>
  new SipError('internal', {subject: 'storage of messages', cause});

let opening: Promise<IDBDatabase> | undefined;

/** The page's database; one for all clients. */
function database(): Promise<IDBDatabase> {
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

/** The messages of an account in the browser's database (IndexedDB), which other tabs share. */
export class MessageStore {
  readonly #account: string;
  readonly #limit: number;

  private constructor({account, limit}: MessageStoreOptions) {
    this.#account = account;
    this.#limit = limit;
  }

  /** @throws {SipError} `internal` where the browser refuses. */
  static async open(options: MessageStoreOptions): Promise<MessageStore> {
    await database();
    return new MessageStore(options);
  }

  /** Every conversation. */
  async summaries(): Promise<readonly ConversationSummary[]> {
    return this.#run('readonly', async (_, conversations) => {
      const records = await settled<ConversationRecord[]>(conversations.getAll(this.#all));
      return records.map(({account: _account, count: _count, ...summary}) => summary);
    });
  }

  /** Messages that are older than one, or the newest; the newest last. */
  async page(number: string, than: SipMessage | undefined, count: number): Promise<readonly SipMessage[]> {
    const range = than
      ? IDBKeyRange.bound([this.#account, number, -than.time, than.id], [this.#account, number, []], true)
      : this.#of(number);
    return this.#run('readonly', async (messages) => {
      const records = await settled<MessageRecord[]>(messages.getAll(range, count));
      return records.map(messageOf).reverse();
    });
  }

  /**
   * Takes in messages of one conversation; gives back those that were not there.
   *
   * @param tab - Who was told of them by the server; the same from another one is the same message.
   */
  async add(
    added: readonly SipMessage[],
    {name, unread, tab}: {readonly name: string; readonly unread: boolean; readonly tab?: string},
  ): Promise<readonly SipMessage[]> {
    const number = added[0]?.number;
    if (number === undefined) return [];
    return this.#run('readwrite', async (messages, conversations) => {
      const fresh: SipMessage[] = [];
      for (const message of added) {
        const twin = await this.#twin(messages, message, tab);
        if (twin) messages.put({...twin, tabs: [...twin.tabs, tab]});
        else if (!(await settled<unknown>(messages.index('id').getKey([this.#account, message.id])))) {
          messages.add(this.#record(message, tab ? [tab] : []));
          fresh.push(message);
        }
      }
      const key = [this.#account, number];
      const before = await settled<ConversationRecord | undefined>(conversations.get(key));
      const [last] = (await settled<MessageRecord[]>(messages.getAll(this.#of(number), 1))).map(messageOf);
      const count = (before?.count ?? 0) + fresh.length;
      const record: ConversationRecord = {
        account: this.#account,
        number,
        name: name || before?.name || '',
        unread: (before?.unread ?? 0) + (unread ? fresh.length : 0),
        count: Math.min(count, this.#limit),
        ...(last && {last}),
      };
      conversations.put(record);
      if (count > this.#limit) await deleteOldest(messages, this.#of(number), count - this.#limit);
      if (!before) await this.#limitConversations(messages, conversations);
      return fresh;
    });
  }

  /** Keeps a message anew that has changed. */
  async put(message: SipMessage): Promise<void> {
    await this.#run('readwrite', async (messages, conversations) => {
      messages.put(this.#record(message, []));
      const key = [this.#account, message.number];
      const before = await settled<ConversationRecord | undefined>(conversations.get(key));
      if (before?.last?.id === message.id) conversations.put({...before, last: message});
    });
  }

  /** The message with the id. */
  async find(id: string): Promise<SipMessage | undefined> {
    return this.#run('readonly', async (messages) => {
      const record = await settled<MessageRecord | undefined>(messages.index('id').get([this.#account, id]));
      return record && messageOf(record);
    });
  }

  /** Those that are not sent, and that nobody sends any more who was there before the moment. */
  async abandoned(before: number): Promise<readonly SipMessage[]> {
    return this.#run('readonly', async (messages) => {
      const records = await settled<MessageRecord[]>(messages.index('sending').getAll([this.#account, 1]));
      return records.map(messageOf).filter(({time}) => time < before);
    });
  }

  async remove(number: string, ids: readonly string[]): Promise<void> {
    await this.#run('readwrite', async (messages, conversations) => {
      for (const id of ids) {
        const key = await settled<IDBValidKey | undefined>(messages.index('id').getKey([this.#account, id]));
        if (key) messages.delete(key);
      }
      await this.#recount(number, messages, conversations);
    });
  }

  /** Empties a conversation, or all. */
  async clear(number: string | undefined): Promise<void> {
    await this.#run('readwrite', async (messages, conversations) => {
      const range = number === undefined ? this.#all : this.#of(number);
      messages.delete(range);
      conversations.delete(number === undefined ? range : [this.#account, number]);
    });
  }

  /** Drops what is older than the moment. */
  async expire(before: number): Promise<void> {
    await this.#run('readwrite', async (messages, conversations) => {
      const records = await settled<ConversationRecord[]>(conversations.getAll(this.#all));
      for (const {number} of records) {
        const old = IDBKeyRange.bound([this.#account, number, -before], [this.#account, number, []]);
        if (!(await settled<number>(messages.count(old)))) continue;
        messages.delete(old);
        await this.#recount(number, messages, conversations);
      }
    });
  }

  async markRead(number: string): Promise<void> {
    await this.#run('readwrite', async (_, conversations) => {
      const before = await settled<ConversationRecord | undefined>(
        conversations.get([this.#account, number]),
      );
      if (before?.unread) conversations.put({...before, unread: 0});
    });
  }

  get #all(): IDBKeyRange {
    return IDBKeyRange.bound([this.#account], [this.#account, []]);
  }

  #of(number: string): IDBKeyRange {
    return IDBKeyRange.bound([this.#account, number], [this.#account, number, []]);
  }

  /** The message that another tab was told of, and this one is told of as well. */
  async #twin(
    messages: IDBObjectStore,
    {number, time, text, contentType}: SipMessage,
    tab: string | undefined,
  ): Promise<MessageRecord | undefined> {
    if (tab === undefined) return undefined;
    const from = [this.#account, number, -time - SAME];
    const around = IDBKeyRange.bound(from, [this.#account, number, -time + SAME, []]);
    const near = await settled<MessageRecord[]>(messages.getAll(around));
    // The oldest first: several of one text come in their order.
    return near
      .reverse()
      .find(
        (record) =>
          record.direction === 'incoming' &&
          record.text === text &&
          record.contentType === contentType &&
          record.tabs.length > 0 &&
          !record.tabs.includes(tab),
      );
  }

  #record({file, ...message}: SipMessage, tabs: readonly string[]): MessageRecord {
    return {
      ...message,
      account: this.#account,
      order: -message.time,
      tabs,
      ...(message.state === 'sending' && {sending: 1 as const}),
      ...(file && {fileName: file.name, fileSize: file.size}),
    };
  }

  async #recount(number: string, messages: IDBObjectStore, conversations: IDBObjectStore): Promise<void> {
    const key = [this.#account, number];
    const before = await settled<ConversationRecord | undefined>(conversations.get(key));
    const count = await settled<number>(messages.count(this.#of(number)));
    if (!before) return;
    if (!count) return void conversations.delete(key);
    const [last] = (await settled<MessageRecord[]>(messages.getAll(this.#of(number), 1))).map(messageOf);
    conversations.put({...before, count, unread: Math.min(before.unread, count), ...(last && {last})});
  }

  /** A stranger may take a new name for every message. */
  async #limitConversations(messages: IDBObjectStore, conversations: IDBObjectStore): Promise<void> {
    if ((await settled<number>(conversations.count(this.#all))) <= CONVERSATIONS) return;
    const records = await settled<ConversationRecord[]>(conversations.getAll(this.#all));
    const [oldest] = records.sort((one, other) => (one.last?.time ?? 0) - (other.last?.time ?? 0));
    messages.delete(this.#of(oldest!.number));
    conversations.delete([this.#account, oldest!.number]);
  }

  /** Does something in one transaction; resolves when it is written. */
  async #run<T>(
    mode: IDBTransactionMode,
    task: (messages: IDBObjectStore, conversations: IDBObjectStore) => Promise<T>,
  ): Promise<T> {
    const transaction = (await database()).transaction(['messages', 'conversations'], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(storageError(transaction.error));
    });
    // Where the task fails, it is the task's failure that counts.
    done.catch(() => {});
    const result = await task(transaction.objectStore('messages'), transaction.objectStore('conversations'));
    await done;
    return result;
  }
}

async function deleteOldest(messages: IDBObjectStore, range: IDBKeyRange, count: number): Promise<void> {
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

const STATES = ['sending', 'sent', 'failed', 'received'] as const;

/** Any script of the page can have written it. */
function messageOf(record: MessageRecord): SipMessage {
  const {id, number, direction, text, contentType, time, state, error, fileName, fileSize} = record;
  const content = String(text);
  const file =
    fileIn(content) ??
    (fileName === undefined ? undefined : {name: String(fileName), size: Number(fileSize) || 0, url: ''});
  return Object.freeze({
    id: String(id),
    number: String(number),
    direction: direction === 'outgoing' ? 'outgoing' : 'incoming',
    text: content,
    contentType: String(contentType),
    time: Math.min(Math.max(0, Number(time) || 0), 8.64e15),
    state: STATES.find((known) => known === state) ?? 'received',
    ...(typeof error === 'string' && Object.hasOwn(ERROR_TEXTS, error) && {error}),
    ...(file && {file}),
  });
}
