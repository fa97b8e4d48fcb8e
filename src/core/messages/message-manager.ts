import {keptDurations} from '../../durations/kept.js';
import {SipError, toSipError} from '../../errors.js';
import {within} from '../../within.js';
import {Conversation} from './conversation.js';
import {isAnswered, limitOf} from './conversation-limit.js';
import {
  archivedMessage,
  fileIn,
  fileLine,
  fileText,
  groupConversation,
  groupOf,
  type ArchivedMessage,
  type MessageFile,
  type SipMessage,
} from './message.js';
import type {FilesHost} from './message-files.js';
import {IncomingComposing, OutgoingComposing} from './message-composing.js';
import {lockMessage, takeMessage, whenUnlocked, type MessageLock} from './message-lock.js';
import {MessageClock, MessageOrder} from './message-order.js';
import {MessageOutbox} from './message-outbox.js';
import {keptId, MessageReceipts} from './message-receipts.js';
import {containing, newest} from './message-search.js';
import {MessageSharing, type MessageChange} from './message-sharing.js';
import {MessageStore} from './message-store.js';
import {SummaryList} from './message-summaries.js';
import type {GroupFileOptions, TextDeliveries, TextDelivery} from './text-deliveries.js';
import type {MessagesHost, MessagesState} from './messages-state.js';
import {cleanedNumber} from '../util/number.js';
import type {MessageEnvelope, Party, ReceivedComposing, ReceivedMessage, ReceivedReceipt} from '../types.js';
import {described} from '../uploads/upload-file.js';
import type {UploadOptions} from '../uploads/uploads.js';
import {randomUuid} from '../util/uuid.js';

/** What `MessageManager` needs from `SipMessages`. */
export interface MessageManagerHost extends MessagesHost, FilesHost {
  update(patch: Partial<MessagesState>): void;
}

/** What an outgoing message has besides its text. */
interface NewMessage {
  readonly upload?: {readonly brought: MessageFile; readonly file: Blob; readonly options: UploadOptions};
  readonly more?: Partial<Pick<SipMessage, 'id' | 'copyOf' | 'time' | 'recipients' | 'lost'>> | undefined;
  /** The name of the conversation. */
  readonly name?: string;
}

const DAY = 86_400_000;

/** How much of the type of a message that has arrived is kept, in UTF-16 code units. */
const LONGEST_TYPE = 200;

/** Sends, receives and stores messages; loaded when first needed. */
export class MessageManager {
  readonly #host: MessageManagerHost;
  #store: MessageStore | undefined;
  readonly #summaries: SummaryList;
  readonly #sharing: MessageSharing | undefined;
  readonly #conversations = new Map<string, Conversation>();
  readonly #outbox: MessageOutbox;
  readonly #receipts: MessageReceipts;
  readonly #writing: OutgoingComposing;
  readonly #composing: IncomingComposing;
  readonly #tab = randomUuid();
  /** For each number, settles when no other page is sending a message to it any more. */
  readonly #left = new Map<string, Promise<void>>();
  readonly #clock = new MessageClock();
  /** Loaded by the first text to several people. */
  #loading: Promise<TextDeliveries> | undefined;
  #deliveries: TextDeliveries | undefined;

  private constructor(host: MessageManagerHost, store: MessageStore | undefined) {
    this.#host = host;
    this.#store = store;
    this.#outbox = new MessageOutbox({
      ...host,
      changed: (message, kept) => this.#changed(message, kept),
      progressed: (message) => this.#conversations.get(message.number)?.show([message]),
      keep: async (message) => {
        await this.#withStore((store) => store.put(message));
      },
    });
    this.#receipts = new MessageReceipts({
      ...host,
      hasWrittenTo: async (number) => this.#hasWrittenTo(number),
      asking: async (number) =>
        (await this.#withStore((each) => each.asking(number))) ??
        this.#shown(number).filter(({asksRead}) => asksRead),
      due: async () =>
        (await this.#withStore((each) => each.due())) ??
        [...this.#conversations.keys()].flatMap((number) => this.#shown(number).filter(({due}) => due)),
      find: async (id) => this.#find(id),
      note: async (message) => this.#note(message),
    });
    this.#writing = new OutgoingComposing(host);
    this.#composing = new IncomingComposing((number, composing) =>
      this.#conversations.get(number)?.describe({composing}),
    );
    this.#summaries = new SummaryList({
      ...host,
      isOpen: (number) => this.#conversations.get(number)?.begun ?? false,
      dropped: (number) => this.#conversations.delete(number),
    });
    if (store) this.#sharing = new MessageSharing(host.account, this);
  }

  /** Reads the stored messages. Without a database all messages last as long as the page. */
  static async open(host: MessageManagerHost): Promise<MessageManager> {
    const {account, limit} = host;
    const store = host.local ? await MessageStore.open({account, limit}).catch(() => undefined) : undefined;
    const manager = new MessageManager(host, store);
    if (host.local && !store) manager.#unkept();
    await manager.#read();
    return manager;
  }

  /** See `SipMessages.open`. */
  async open(given: string): Promise<Conversation> {
    const conversation = this.#conversation(this.#keyOf(given));
    await conversation.begin();
    return conversation;
  }

  /** See `SipMessages.send`. */
  async send(given: string, text: string): Promise<SipMessage> {
    const number = this.#recipient(given);
    const content = this.#content(text, number);
    this.#writing.sent(number);
    return this.#send(await this.#create(number, content));
  }

  /** See `SipMessages.sendToAll`. */
  async sendToAll(people: readonly Party[], text: string, group: Party | undefined): Promise<TextDelivery> {
    const content = this.#content(text, group?.name ?? '');
    return (await this.#loadDeliveries()).sendToAll(people, content, group);
  }

  /** See `SipMessages.sendFileToAll`. */
  async sendFileToAll(
    people: readonly Party[],
    file: Blob,
    options: GroupFileOptions,
  ): Promise<TextDelivery> {
    return (await this.#loadDeliveries()).sendFileToAll(people, file, options);
  }

  /** See `SipMessages.delivery`. */
  async delivery(message: SipMessage): Promise<TextDelivery> {
    return (await this.#loadDeliveries()).of(message);
  }

  /** See `SipMessages.setComposing`. */
  setComposing(given: string, composing: boolean): void {
    if (groupOf(given) !== undefined) return;
    this.#writing.set(this.#keyOf(given), composing);
  }

  /** See `SipMessages.sendFile`. */
  async sendFile(given: string, file: Blob, options: UploadOptions): Promise<SipMessage> {
    return this.#outbox.send(await this.#createFile(this.#recipient(given), file, options));
  }

  /** See `SipMessages.retry`. */
  async retry(id: string): Promise<SipMessage> {
    const message = await this.#find(id);
    if (message?.state !== 'failed' || this.#outbox.has(id))
      throw new SipError('invalid-state', {subject: 'retry'});
    // The user has seen that it may have arrived.
    const {error: _, lost: _lost, ...rest} = message;
    const again: SipMessage = Object.freeze({...rest, state: 'sending'});
    await this.#outbox.add(again);
    // It may have been removed meanwhile.
    if (this.#outbox.has(id)) void this.#changed(again, Object.freeze({...again, state: safeState(again)}));
    return this.#sendNow(again);
  }

  /** See `SipMessages.search`. */
  async search(text: string): Promise<readonly SipMessage[]> {
    const accepts = containing(String(text));
    const stored = await this.#withStore((store) => store.filter(accepts));
    const shown = [...this.#conversations.values()].flatMap(({state}) => state.messages.filter(accepts));
    const found = stored ?? shown;
    // A text to a group is found once, and not for each recipient as well.
    const ids = new Set(found.flatMap(({id, recipients}) => (recipients ? [id] : [])));
    return newest(found.filter(({copyOf}) => !copyOf || !ids.has(copyOf.id)));
  }

  /** See `SipMessages.add`. */
  async add(archived: readonly ArchivedMessage[]): Promise<void> {
    const byNumber = new Map<string, SipMessage[]>();
    const order = new MessageOrder();
    for (const entry of archived) {
      const given = archivedMessage({...entry, number: this.#keyOf(entry.number)});
      const message = Object.freeze({...given, time: order.place(given.time, given.number)});
      byNumber.set(message.number, [...(byNumber.get(message.number) ?? []), message]);
    }
    for (const messages of byNumber.values()) await this.#add(messages, {name: '', unread: false});
  }

  /** Adds a message that has arrived. */
  async receive(
    {from, name = '', text, contentType, time}: ReceivedMessage,
    envelope?: MessageEnvelope,
  ): Promise<void> {
    const file = fileIn(text);
    const number = this.#keyOf(from);
    // A message says that its sender is not writing any more (RFC 3994 §3.3).
    this.#composing.set(number, {active: false});
    const message: SipMessage = Object.freeze({
      id: envelope ? keptId(number, envelope.id) : randomUuid(),
      number,
      direction: 'incoming',
      text,
      contentType: contentType.slice(0, LONGEST_TYPE),
      time: this.#clock.note(time, number),
      state: 'received',
      ...(envelope && MessageReceipts.wanted(envelope)),
      ...(file && {file}),
    });
    // Of a message with an id, all tabs know that it is the same.
    const tab = envelope ? {} : {tab: this.#tab};
    const fresh = await this.#add([message], {name: name.slice(0, 100), unread: true, ...tab});
    if (fresh.length) this.#receipts.arrived(message);
  }

  /** Notes what the other side reports of a message. A receipt for another message, or of another number, is dropped. */
  async receipt({from, id, kind}: ReceivedReceipt): Promise<void> {
    const message = await this.#find(id);
    if (message?.direction !== 'outgoing' || message.number !== this.#keyOf(from)) return;
    const {error: _, ...sent} = message;
    if (kind === 'failed') {
      if (message.state === 'sent' && !message.delivered)
        await this.#changed(Object.freeze({...message, state: 'failed', error: 'message-refused'}));
      return;
    }
    if (message.read || (message.delivered && kind === 'delivered')) return;
    const patch = {state: 'sent', delivered: true, ...(kind === 'read' && {read: true as const})} as const;
    if (this.#outbox.arrived(id, patch)) return;
    // Another page is sending it.
    if (message.state === 'sending' || message.state === 'waiting') return;
    await this.#changed(Object.freeze({...sent, ...patch}));
  }

  /** Notes that another user begins or stops to write. */
  composing({from, ...sign}: ReceivedComposing): void {
    const number = this.#keyOf(from);
    if (this.#conversations.has(number)) this.#composing.set(number, sign);
  }

  /** See `SipMessages.remove`. */
  async remove(given: string, ids: readonly string[]): Promise<void> {
    const number = this.#keyOf(given);
    const gone = this.#erase((store) => store.remove(number, ids));
    ids.forEach((id) => this.#outbox.cancel(id, gone));
    const error = await gone;
    this.#share({removed: ids, number});
    await this.apply({removed: ids, number});
    if (error) throw error;
  }

  /** See `SipMessages.clear`. */
  async clear(given: string | undefined): Promise<void> {
    const number = given === undefined ? undefined : this.#keyOf(given);
    const gone = this.#erase((store) => store.clear(number));
    this.#outbox.cancelAll(number, gone);
    // At once: what is written from now on stays.
    void this.apply({cleared: number});
    const error = await gone;
    this.#share({cleared: number});
    if (error) throw error;
  }

  /** See `SipMessages.markRead`. */
  async markRead(given: string): Promise<void> {
    const number = this.#keyOf(given);
    if (!this.#summaries.get(number)?.unread) return;
    await this.apply({read: number});
    this.#share({read: number});
    await this.#withStore((store) => store.markRead(number));
    await this.#receipts.read(number);
  }

  /** Sends the messages that wait for the connection. */
  sendWaiting(): void {
    this.#outbox.sendWaiting();
    void this.#receipts.resume();
  }

  /** Applies a change that was made here, or by another tab. */
  async apply(change: MessageChange): Promise<void> {
    if ('messages' in change) {
      const {messages, name, unread} = change;
      const number = messages[0]!.number;
      this.#conversations.get(number)?.show(messages);
      this.#summaries.add(messages, name, unread);
      messages.forEach((message) => this.#watch(message));
      this.#deliveries?.note(messages);
    } else if ('changed' in change) {
      this.#watch(change.changed);
      this.#deliveries?.note([change.changed]);
      this.#conversations.get(change.changed.number)?.show([change.changed]);
      this.#summaries.replace(change.changed);
    } else if ('read' in change) this.#summaries.markRead(change.read);
    else if ('cleared' in change) {
      this.#outbox.cancelAll(change.cleared, Promise.resolve());
      for (const conversation of this.#conversations.values())
        if (change.cleared === undefined || conversation.number === change.cleared) conversation.forget();
      this.#summaries.clear(change.cleared);
      this.#deliveries?.forget(({number}) => change.cleared === undefined || number === change.cleared);
    } else {
      this.#deliveries?.forget(({id}) => change.removed.includes(id));
      change.removed.forEach((id) => this.#outbox.cancel(id, Promise.resolve()));
      this.#conversations.get(change.number)?.forget(change.removed);
      await this.#readSummaries(change.number);
    }
    this.#describe();
  }

  /** Returns the number that a conversation has: the one that is dialed, unless another one is stored from before. */
  #keyOf(given: string): string {
    if (groupOf(given) !== undefined) return given;
    const clean = cleanedNumber(given);
    return this.#summaries.get(clean) ? clean : cleanedNumber(given, this.#host.dial);
  }

  /** @throws {SipError} `invalid-number` */
  #recipient(given: string): string {
    this.#host.dial(given);
    return this.#keyOf(given);
  }

  /** @throws {SipError} `bad-parameter` if a text is empty, `message-too-long` */
  #content(text: string, subject: string): string {
    const content = String(text);
    if (!content.trim()) throw new SipError('bad-parameter', {subject: 'an empty message'});
    if (new TextEncoder().encode(content).length > this.#host.bytes)
      throw new SipError('message-too-long', {subject});
    return content;
  }

  /** Sends a message that was created. */
  async #send(message: SipMessage): Promise<SipMessage> {
    await this.#afterLeft(message.number);
    return this.#sendNow(message);
  }

  /** Sends a message; one to a group to each of its recipients, a file once it is uploaded. */
  async #sendNow(message: SipMessage): Promise<SipMessage> {
    const sent = await this.#outbox.send(message);
    return sent.recipients ? this.#distribute(sent) : sent;
  }

  /**
   * Sends a message to a group to each recipient. It is stored as `waiting` until all of theirs are stored: if the page ends
   * before, the next one continues.
   *
   * @param isLeft - Whether another page has begun: then it has stored some of them.
   */
  async #distribute(message: SipMessage, isLeft = false): Promise<SipMessage> {
    const {id} = message;
    try {
      await (await this.#loadDeliveries()).distribute(message, isLeft);
    } catch (thrown) {
      const error = toSipError(thrown, message.number);
      // The next page continues with what another one has left.
      if (!isLeft) this.#outbox.settle(id, {state: 'failed', error: error.code});
      throw error;
    }
    return this.#outbox.settle(id, {state: 'sent'}) ?? message;
  }

  /** Loads what sends texts to several people. */
  #loadDeliveries(): Promise<TextDeliveries> {
    this.#loading ??= import('./text-deliveries.js').then(
      ({TextDeliveries}) =>
        (this.#deliveries = new TextDeliveries({
          recipient: (number) => this.#recipient(number),
          addText: ({number, name}, text, more) =>
            this.#create(groupConversation(number), text, {more, name}),
          addFile: (group, file, more, options) =>
            this.#createFile(groupConversation(group.number), file, options, {more, name: group.name}),
          create: (number, text, more) => this.#create(number, text, {more}),
          send: (message) => this.#send(message),
          queue: async (message) => this.#outbox.queue(message),
          retry: (id) => this.retry(id),
          find: (ids) => this.#findAll(ids),
          now: (number) => this.#clock.note(Date.now(), number),
        })),
    );
    // Loaded again the next time.
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  }

  #conversation(number: string): Conversation {
    const known = this.#conversations.get(number);
    if (known) return known;
    const read = async (than: SipMessage | undefined, count: number): Promise<readonly SipMessage[]> =>
      (await this.#withStore((store) => store.page(number, than, count))) ?? [];
    const conversation = new Conversation(number, limitOf(number, this.#host.limit), read);
    this.#conversations.set(number, conversation);
    this.#describe();
    return conversation;
  }

  /** Creates an outgoing message with a file that is to be uploaded. */
  #createFile(
    number: string,
    file: Blob,
    options: UploadOptions,
    {more, name = ''}: Pick<NewMessage, 'more' | 'name'> = {},
  ): Promise<SipMessage> {
    const brought = Object.freeze({
      name: fileLine(described(file, options).name),
      size: file.size,
      url: '',
    });
    return this.#create(number, fileText(brought), {upload: {brought, file, options}, more, name});
  }

  /** Creates an outgoing message. It is shown once it is stored: what a user has seen is not lost with the page. */
  async #create(
    number: string,
    text: string,
    {upload, more, name = ''}: NewMessage = {},
  ): Promise<SipMessage> {
    const file = upload?.brought ?? fileIn(text);
    const message: SipMessage = Object.freeze({
      id: randomUuid(),
      time: more?.time ?? this.#clock.note(Date.now(), number),
      ...more,
      number,
      direction: 'outgoing',
      text,
      contentType: 'text/plain',
      state: 'sending',
      ...(file && {file}),
    });
    await this.#outbox.add(message, upload?.file, upload?.options);
    // All may have been removed meanwhile: what is stored then, the next page would send.
    const isRemoved = (): boolean => !this.#outbox.has(message.id);
    if (isRemoved()) return message;
    const change = {messages: [message], name, unread: false};
    const kept = Object.freeze({...message, state: safeState(message)});
    await this.#withStore((store) => store.add([kept], change));
    if (isRemoved()) await this.#withStore((store) => store.remove(number, [message.id]));
    else {
      this.#conversation(number);
      void this.apply(change);
      this.#share(change);
    }
    return message;
  }

  async #changed(message: SipMessage, kept = message): Promise<void> {
    void this.apply({changed: message});
    this.#share({changed: message});
    const keeping = this.#withStore((store) => store.put(kept));
    this.#host.tell('sip-message-state', {message});
    await keeping;
  }

  async #add(
    messages: readonly SipMessage[],
    {name, unread, tab}: {readonly name: string; readonly unread: boolean; readonly tab?: string},
  ): Promise<readonly SipMessage[]> {
    const adding = {name, unread, ...(tab !== undefined && {tab})};
    // Another tab may have received it before.
    const kept = await this.#withStore((store) => store.add(messages, adding));
    const known = new Set(kept ? [] : this.#shown(messages[0]!.number).map(({id}) => id));
    const fresh = kept ?? messages.filter(({id}) => !known.has(id));
    if (!fresh.length) return fresh;
    // Without a database, messages are kept only in their conversation.
    if (!kept) this.#conversation(fresh[0]!.number);
    const change = {messages: fresh, name, unread};
    await this.apply(change);
    this.#share(change);
    return fresh;
  }

  #shown(number: string): readonly SipMessage[] {
    return this.#conversations.get(number)?.state.messages ?? [];
  }

  async #hasWrittenTo(number: string): Promise<boolean> {
    const written = await this.#withStore((store) => store.hasWrittenTo(number));
    return written ?? isAnswered(this.#shown(number));
  }

  /** Stores what of a received message's receipts is still to be sent. */
  async #note(message: SipMessage): Promise<void> {
    void this.apply({changed: message});
    this.#share({changed: message});
    await this.#withStore((store) => store.put(message));
  }

  async #find(id: string): Promise<SipMessage | undefined> {
    for (const {state} of this.#conversations.values()) {
      const found = state.messages.find((message) => message.id === id);
      if (found) return found;
    }
    return this.#withStore((store) => store.find(id));
  }

  /** Returns the messages with the ids, as far as they are there. */
  async #findAll(ids: readonly string[]): Promise<readonly SipMessage[]> {
    const wanted = new Set(ids);
    const stored = (await this.#withStore((store) => store.findAll(ids))) ?? [];
    const found = new Map(stored.map((message) => [message.id, message]));
    // What is shown is newer than what is stored.
    for (const {state} of this.#conversations.values())
      for (const message of state.messages) if (wanted.has(message.id)) found.set(message.id, message);
    return [...found.values()];
  }

  /**
   * Runs a task with the store. Resolves with undefined if there is none or it fails: messages that are not stored last
   * as long as the page.
   */
  async #withStore<T>(task: (store: MessageStore) => Promise<T>): Promise<T | undefined> {
    if (!this.#store) return undefined;
    try {
      return await task(this.#store);
    } catch {
      this.#unkept();
      return undefined;
    }
  }

  /**
   * Removes stored messages, also those that could not be read. Resolves with why they may still be there; with undefined if
   * they are not.
   */
  async #erase(task: (store: MessageStore) => Promise<void>): Promise<SipError | undefined> {
    const {account, limit, local} = this.#host;
    if (!local) return undefined;
    try {
      await task(this.#store ?? (await MessageStore.open({account, limit})));
      return undefined;
    } catch (thrown) {
      this.#unkept();
      const error = toSipError(thrown);
      // A page that may use no storage has stored nothing.
      return error.cause instanceof DOMException && error.cause.name === 'SecurityError' ? undefined : error;
    }
  }

  #unkept(): void {
    this.#host.update({kept: false});
  }

  async #read(): Promise<void> {
    const {days} = this.#host;
    await this.#withStore((store) => store.expire(Date.now() - days * DAY));
    await this.#readSummaries();
    this.#describe();
    // A closed page may have left messages that it was sending: this one continues before it sends others.
    const unsent = (await this.#withStore((store) => store.unsent())) ?? [];
    for (const message of unsent) {
      // The page may still be closing: the next messages to the same number do not overtake the one that it holds.
      const isNext = message.state === 'waiting' && !this.#left.has(message.number);
      const lock = isNext ? await takeMessage(message.id) : undefined;
      if (lock) await this.#continue(message.id, lock);
      else this.#watch(message);
    }
  }

  async #readSummaries(removedFrom?: string): Promise<void> {
    const summaries = await this.#withStore((store) => store.summaries());
    if (summaries) this.#summaries.set(summaries);
    else if (removedFrom !== undefined) {
      const conversation = this.#conversations.get(removedFrom);
      this.#summaries.recount(removedFrom, conversation?.state.messages ?? []);
    }
  }

  /** Watches a message that another page is sending, in order to send it if that page is closed before. */
  #watch({id, number, state, time}: SipMessage): void {
    if ((state !== 'sending' && state !== 'waiting') || this.#outbox.has(id)) return;
    const before = this.#left.get(number) ?? Promise.resolve();
    const left = before.then(async () => (this.#outbox.has(id) ? undefined : this.#takeOver(id, time)));
    this.#left.set(number, left);
    void left.then(() => {
      if (this.#left.get(number) === left) this.#left.delete(number);
    });
  }

  /** Waits until the page that sends a message has released its lock, then continues with the message. */
  async #takeOver(id: string, time: number): Promise<void> {
    const lock = await whenUnlocked(id, time);
    await this.#continue(id, lock).catch(() => lock?.release());
  }

  /** Waits for the messages to a number that another page has left, as long as such a page takes to close. */
  async #afterLeft(number: string): Promise<void> {
    const left = this.#left.get(number);
    if (left) await within(left, keptDurations.pageEnd);
  }

  /** Sends a waiting message that another page has left. One that the page may have sent as plain text has failed. */
  async #continue(id: string, lock?: MessageLock): Promise<void> {
    // The other page's change may not have arrived here yet.
    const message = await this.#withStore((store) => store.find(id));
    if (message?.state === 'waiting') {
      // Without a lock, the other page may be open: the other side drops a second copy with the same id, not plain text.
      const left = lock ? message : Object.freeze({...message, lost: true as const});
      this.#outbox.adopt(left, lock ?? lockMessage(id));
      if (left.recipients) this.#distribute(left, true).catch(() => {});
      return;
    }
    if (message?.state === 'sending')
      await this.#changed(Object.freeze({...message, state: 'failed', error: 'connection-lost'}));
    lock?.release();
  }

  #describe(): void {
    for (const conversation of this.#conversations.values()) {
      const {name = '', unread = 0} = this.#summaries.get(conversation.number) ?? {};
      conversation.describe({name, unread});
    }
  }

  #share(change: MessageChange): void {
    this.#sharing?.share(change);
  }
}

/** The state in which a message that is about to be sent is stored: another page may send it, but not upload its file. */
function safeState({file}: SipMessage): 'waiting' | 'sending' {
  return file?.url === '' ? 'sending' : 'waiting';
}
