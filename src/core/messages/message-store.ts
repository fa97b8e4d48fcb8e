import {settled, visit} from '../util/open-database.js';
import {deleteLast, messageDatabase} from './message-database.js';
import {DUE, messageOf, recordOf, UNSENT, type MessageRecord} from './message-record.js';
import {
  brief,
  CONVERSATIONS,
  isAnswered,
  limitOf,
  surplus,
  UNANSWERED_MESSAGES,
  UNANSWERED_TEXT,
  unansweredCount,
} from './conversation-limit.js';
import {isForeign} from '../util/number.js';
import type {SipMessage} from './message.js';
import type {ConversationSummary} from './messages-state.js';

/** Two tabs receive the same message within this time, in milliseconds. */
const SAME = 10_000;
/** How many messages of that time are compared, the newest: the sender chooses the time, and could make it one for all. */
const NEAR = 50;

interface ConversationRecord extends ConversationSummary {
  readonly account: string;
  readonly count: number;
  /** How much text has arrived, in UTF-16 code units, as far as that limits the conversation. */
  readonly length?: number;
}

/** Returns the summary of a conversation, whose record any script of the page may have written. */
function summaryOf({number, name, unread, answered, last}: ConversationRecord): ConversationSummary {
  return {
    number: String(number),
    name: typeof name === 'string' ? name : '',
    unread: Number.isSafeInteger(unread) && unread > 0 ? unread : 0,
    ...(answered === true && {answered}),
    ...(isRecord(last) && {last: messageOf(last)}),
  };
}

const isRecord = (value: unknown): value is MessageRecord => typeof value === 'object' && value !== null;

/** How many messages are looked through for one of the user's, if the record of their conversation does not say. */
const LOOKED = 200;

/** Options of a store. */
export interface MessageStoreOptions {
  readonly account: string;
  readonly limit: number;
}

/** The messages of an account in the browser's database (IndexedDB), which tabs share. */
export class MessageStore {
  readonly #account: string;
  readonly #limit: number;

  private constructor({account, limit}: MessageStoreOptions) {
    this.#account = account;
    this.#limit = limit;
  }

  /** @throws {SipError} `internal` if the browser refuses. */
  static async open(options: MessageStoreOptions): Promise<MessageStore> {
    await messageDatabase.open();
    return new MessageStore(options);
  }

  /** Returns the summaries of all conversations. */
  async summaries(): Promise<readonly ConversationSummary[]> {
    return messageDatabase.transact('readonly', async (_, conversations) => {
      const records = await settled<ConversationRecord[]>(conversations.getAll(this.#all));
      return records.map(summaryOf);
    });
  }

  /** Returns messages older than a given one, or the latest ones; newest last. */
  async page(number: string, than: SipMessage | undefined, count: number): Promise<readonly SipMessage[]> {
    const range = than
      ? IDBKeyRange.bound([this.#account, number, -than.time, than.id], [this.#account, number, []], true)
      : this.#of(number);
    return messageDatabase.transact('readonly', async (messages) => {
      const records = await settled<MessageRecord[]>(messages.getAll(range, count));
      return records.map(messageOf).reverse();
    });
  }

  /**
   * Adds messages of one conversation; returns the new ones.
   *
   * @param tab - The tab that received them from the server. The same message from another tab is not added again.
   */
  async add(
    added: readonly SipMessage[],
    {name, unread, tab}: {readonly name: string; readonly unread: boolean; readonly tab?: string},
  ): Promise<readonly SipMessage[]> {
    const number = added[0]?.number;
    if (number === undefined) return [];
    return messageDatabase.transact('readwrite', async (messages, conversations) => {
      const fresh: SipMessage[] = [];
      for (const message of added) {
        const twin = await this.#twin(messages, message, tab);
        if (twin) messages.put({...twin, tabs: [...twin.tabs, tab]});
        else if (!(await settled<unknown>(messages.index('id').getKey([this.#account, message.id])))) {
          messages.add(recordOf(message, this.#account, tab ? [tab] : []));
          fresh.push(message);
        }
      }
      const before = await this.#record(number, conversations);
      const last = await this.#newest(number, messages);
      const count = (before?.count ?? 0) + fresh.length;
      const limit = limitOf(number, this.#limit);
      const record: ConversationRecord = {
        account: this.#account,
        number,
        name: name || before?.name || '',
        unread: (before?.unread ?? 0) + (unread ? fresh.length : 0),
        count: Math.min(count, limit),
        ...((before?.answered || isAnswered(added)) && {answered: true as const}),
        ...(last && {last: brief(last)}),
      };
      const length = fresh.reduce((sum, {text}) => sum + text.length, before?.length ?? 0);
      const isLimited = unread && !record.answered && isForeign(number);
      // The number of messages counts first: those that it removes are not counted again.
      if (count > limit) await deleteLast(messages, this.#of(number), count - limit);
      conversations.put(isLimited ? await this.#limited({...record, length}, messages) : record);
      if (!before) await this.#limitConversations(messages, conversations, number);
      return fresh;
    });
  }

  /** Stores a changed message, unless it was removed meanwhile. */
  async put(message: SipMessage): Promise<void> {
    await messageDatabase.transact('readwrite', async (messages, conversations) => {
      const record = recordOf(message, this.#account, []);
      const key = [this.#account, record.number, record.order, record.id];
      if ((await settled<IDBValidKey | undefined>(messages.getKey(key))) === undefined) return;
      messages.put(record);
      const before = await this.#record(message.number, conversations);
      if (before?.last?.id === message.id) conversations.put({...before, last: brief(message)});
    });
  }

  /** Returns the messages that a function accepts. */
  async filter(accepts: (message: SipMessage) => boolean): Promise<readonly SipMessage[]> {
    return messageDatabase.transact('readonly', async (messages) => {
      const found: SipMessage[] = [];
      await visit(messages.openCursor(this.#all), ({value}) => {
        const message = messageOf(value as MessageRecord);
        if (accepts(message)) found.push(message);
        return true;
      });
      return found;
    });
  }

  /** Returns the message with the id. */
  async find(id: string): Promise<SipMessage | undefined> {
    return messageDatabase.transact('readonly', async (messages) => {
      const record = await settled<MessageRecord | undefined>(messages.index('id').get([this.#account, id]));
      return record && messageOf(record);
    });
  }

  /** Returns the messages with the ids, as far as there are any. */
  async findAll(ids: readonly string[]): Promise<readonly SipMessage[]> {
    return messageDatabase.transact('readonly', async (messages) => {
      const index = messages.index('id');
      const records = await Promise.all(
        ids.map((id) => settled<MessageRecord | undefined>(index.get([this.#account, id]))),
      );
      return records.flatMap((record) => (record ? [messageOf(record)] : []));
    });
  }

  /** Returns the messages that wait or are being sent, or were when their page was closed; the oldest first. */
  async unsent(): Promise<readonly SipMessage[]> {
    return this.#marked(UNSENT);
  }

  /** Returns the messages for which a receipt is still to be sent, the oldest first. */
  async due(): Promise<readonly SipMessage[]> {
    return this.#marked(DUE);
  }

  /** Returns the messages of a number that ask for a receipt once they are read, among the newest. */
  async asking(number: string): Promise<readonly SipMessage[]> {
    return (await this.page(number, undefined, LOOKED)).filter(({asksRead}) => asksRead);
  }

  /** Whether the user has written to the number. */
  async hasWrittenTo(number: string): Promise<boolean> {
    const known = await messageDatabase.transact('readonly', async (_, conversations) =>
      this.#record(number, conversations),
    );
    return known?.answered ?? isAnswered(await this.page(number, undefined, LOOKED));
  }

  async remove(number: string, ids: readonly string[]): Promise<void> {
    await messageDatabase.transact('readwrite', async (messages, conversations) => {
      for (const id of ids) {
        const key = await settled<IDBValidKey | undefined>(messages.index('id').getKey([this.#account, id]));
        if (key) messages.delete(key);
      }
      await this.#recount(number, messages, conversations);
    });
  }

  /** Clears a conversation, or all. */
  async clear(number: string | undefined): Promise<void> {
    await messageDatabase.transact('readwrite', async (messages, conversations) => {
      const range = number === undefined ? this.#all : this.#of(number);
      messages.delete(range);
      conversations.delete(number === undefined ? range : [this.#account, number]);
    });
  }

  /** Deletes messages older than the time. */
  async expire(before: number): Promise<void> {
    await messageDatabase.transact('readwrite', async (messages, conversations) => {
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
    await messageDatabase.transact('readwrite', async (_, conversations) => {
      const before = await this.#record(number, conversations);
      if (before?.unread) conversations.put({...before, unread: 0});
    });
  }

  async #marked(mark: typeof UNSENT | typeof DUE): Promise<readonly SipMessage[]> {
    return messageDatabase.transact('readonly', async (messages) => {
      const records = await settled<MessageRecord[]>(messages.index('sending').getAll([this.#account, mark]));
      return records.map(messageOf).sort((one, other) => one.time - other.time);
    });
  }

  get #all(): IDBKeyRange {
    return IDBKeyRange.bound([this.#account], [this.#account, []]);
  }

  #of(number: string): IDBKeyRange {
    return IDBKeyRange.bound([this.#account, number], [this.#account, number, []]);
  }

  #record(number: string, conversations: IDBObjectStore): Promise<ConversationRecord | undefined> {
    return settled(conversations.get([this.#account, number]));
  }

  async #newest(number: string, messages: IDBObjectStore): Promise<SipMessage | undefined> {
    return (await settled<MessageRecord[]>(messages.getAll(this.#of(number), 1))).map(messageOf)[0];
  }

  /** Returns the stored message that another tab received and this tab receives too. */
  async #twin(
    messages: IDBObjectStore,
    {number, time, text, contentType}: SipMessage,
    tab: string | undefined,
  ): Promise<MessageRecord | undefined> {
    if (tab === undefined) return undefined;
    const from = [this.#account, number, -time - SAME];
    const around = IDBKeyRange.bound(from, [this.#account, number, -time + SAME, []]);
    const near = await settled<MessageRecord[]>(messages.getAll(around, NEAR));
    // Oldest first: several messages with the same text arrive in their order.
    return near
      .reverse()
      .find(
        (record) =>
          record.direction === 'incoming' &&
          record.text === text &&
          record.contentType === contentType &&
          Array.isArray(record.tabs) &&
          record.tabs.length > 0 &&
          !record.tabs.includes(tab),
      );
  }

  /** Deletes the oldest messages of a user of another domain, who could fill the storage, unless the user has written to them. */
  async #limited(record: ConversationRecord, messages: IDBObjectStore): Promise<ConversationRecord> {
    const {number, count, length = 0} = record;
    if (count <= UNANSWERED_MESSAGES && length <= UNANSWERED_TEXT) return record;
    const newest = await settled<MessageRecord[]>(messages.getAll(this.#of(number), LOOKED + 1));
    if (isAnswered(newest)) return {...record, answered: true};
    const kept = unansweredCount(newest);
    const next = newest[kept];
    if (next) {
      const from = [this.#account, number, next.order, next.id];
      messages.delete(IDBKeyRange.bound(from, [this.#account, number, []]));
    }
    const left = newest.slice(0, kept).reduce((sum, {text}) => sum + text.length, 0);
    return {...record, count: kept, length: left, unread: Math.min(record.unread, kept)};
  }

  async #recount(number: string, messages: IDBObjectStore, conversations: IDBObjectStore): Promise<void> {
    const before = await this.#record(number, conversations);
    const count = await settled<number>(messages.count(this.#of(number)));
    if (!before) return;
    if (!count) return void conversations.delete([this.#account, number]);
    const last = await this.#newest(number, messages);
    const unread = Math.min(before.unread, count);
    conversations.put({...before, count, unread, ...(last && {last: brief(last)})});
  }

  /** Deletes conversations above the limit, but not the new one. */
  async #limitConversations(
    messages: IDBObjectStore,
    conversations: IDBObjectStore,
    added: string,
  ): Promise<void> {
    if ((await settled<number>(conversations.count(this.#all))) <= CONVERSATIONS) return;
    const records = await settled<ConversationRecord[]>(conversations.getAll(this.#all));
    for (const {number} of surplus(records, (each) => each === added)) {
      messages.delete(this.#of(number));
      conversations.delete([this.#account, number]);
    }
  }
}
