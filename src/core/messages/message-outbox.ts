import {LONGEST_DELAY_MS} from '../util/longest-delay.js';
import {keptDurations} from '../../durations/kept.js';
import {SipError, toSipError} from '../../errors.js';
import {MessageFiles, type FilesHost} from './message-files.js';
import {lockMessage, type MessageLock} from './message-lock.js';
import {fileText, type MessageFile, type SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** What `MessageOutbox` needs from `MessageManager`. */
export interface OutboxHost extends Pick<MessagesHost, 'connection' | 'deliver'>, FilesHost {
  /**
   * Reports a changed message; resolves when it is stored.
   *
   * @param kept - How it is stored, if that is not how it is shown.
   */
  changed(message: SipMessage, kept?: SipMessage): Promise<void>;
  /** Shows a changed message that is not stored: the progress of an upload, another attempt. */
  progressed(message: SipMessage): void;
  /** Stores a message otherwise than it is shown; resolves when that is done. */
  keep(message: SipMessage): Promise<void>;
}

/** A message that is being sent or waits, and its lock. */
interface Sending {
  message: SipMessage;
  readonly lock: MessageLock;
  /** Settles what `send` has returned, until the message is sent, has failed or waits. */
  reply?: {resolve(message: SipMessage): void; reject(error: SipError): void} | undefined;
  /** Ends the wait for the connection. */
  patience?: ReturnType<typeof setTimeout> | undefined;
}

/** The messages to one number, in order. */
interface Queue {
  readonly number: string;
  readonly ids: string[];
  running: boolean;
}

/**
 * The outgoing messages that are being sent or wait for the connection: those to one number in their order, one at a time.
 *
 * A message that waits is stored as `waiting`: the next page sends it. So is a message that is being sent with its id,
 * because the other side drops a second copy; it is also `lost`, and never follows as plain text. A message that is being
 * sent as plain text is stored as `sending`: no other page sends it again.
 */
export class MessageOutbox {
  readonly #host: OutboxHost;
  readonly #files: MessageFiles;
  readonly #sending = new Map<string, Sending>();
  readonly #queues = new Map<string, Queue>();
  /** How often `sendWaiting` was called. */
  #calls = 0;

  constructor(host: OutboxHost) {
    this.#host = host;
    this.#files = new MessageFiles(host);
  }

  /** Whether the message with the id is being sent or waits. */
  has(id: string): boolean {
    return this.#sending.has(id);
  }

  /** Adds a message and its file; resolves when other tabs can see that it is being sent. */
  async add(message: SipMessage, file?: Blob, options: UploadOptions = {}): Promise<void> {
    const lock = lockMessage(message.id, true);
    this.#sending.set(message.id, {message, lock});
    if (file) this.#files.add(message.id, file, options);
    await lock.held;
  }

  /**
   * Adds a message that another page has left, with its lock. It is sent when there is a connection; one to a group is not
   * sent itself.
   */
  adopt(message: SipMessage, lock: MessageLock): void {
    this.#sending.set(message.id, {message, lock});
    if (!message.recipients) this.queue(message);
  }

  /** Sends a message that was added when there is a connection. */
  queue(message: SipMessage): void {
    if (!this.has(message.id)) return;
    const queue = this.#enqueue(message);
    this.#wait(message.id);
    if (this.#host.connection() === 'connected') void this.#run(queue);
  }

  /**
   * Sends a message after uploading its file; one to a group is only uploaded, and is `sending` until `settle` is called.
   * Also resolves if the message has to wait for the connection.
   *
   * @throws {SipError} As `SipMessages.send` and `sendFile`.
   */
  async send(message: SipMessage): Promise<SipMessage> {
    if (!this.has(message.id)) throw new SipError('aborted', {subject: message.number});
    return message.file?.url === '' ? this.#upload(message) : this.#send(message);
  }

  /** Sends the messages that wait for the connection. */
  sendWaiting(): void {
    this.#calls += 1;
    for (const queue of [...this.#queues.values()]) void this.#run(queue);
  }

  /** Notes that a message has arrived, whatever its state here: the other side says so. */
  arrived(id: string, patch: Pick<SipMessage, 'state' | 'delivered' | 'read'>): boolean {
    const reply = this.#sending.get(id)?.reply;
    const settled = this.settle(id, patch);
    if (settled) reply?.resolve(settled);
    return settled !== undefined;
  }

  /**
   * Stops sending a message.
   *
   * @param gone - Settles when it is no longer stored: until then other tabs would find it unsent.
   */
  cancel(id: string, gone: Promise<unknown>): void {
    const sending = this.#take(id);
    if (sending) void gone.finally(() => sending.lock.release());
    if (sending && !this.#isOnItsWay(sending.message))
      sending.reply?.reject(new SipError('aborted', {subject: sending.message.number}));
    this.#files.cancel(id);
  }

  /** Stops sending all messages to a number; all messages if it is undefined. */
  cancelAll(number: string | undefined, gone: Promise<unknown>): void {
    for (const {message} of [...this.#sending.values()])
      if (number === undefined || message.number === number) this.cancel(message.id, gone);
  }

  async #send(message: SipMessage): Promise<SipMessage> {
    // One to a group is not sent itself: each recipient gets a message of their own.
    if (message.recipients) return message;
    const sending = this.#sending.get(message.id)!;
    const sent = new Promise<SipMessage>((resolve, reject) => (sending.reply = {resolve, reject}));
    void this.#run(this.#enqueue(message));
    return sent;
  }

  /** Adds a message to its queue, in order of time, but not before one that is on its way. */
  #enqueue({id, number, time}: SipMessage): Queue {
    const queue = this.#queues.get(number) ?? {number, ids: [], running: false};
    this.#queues.set(number, queue);
    const first = queue.running ? 1 : 0;
    const timeOf = (other: string): number => this.#sending.get(other)?.message.time ?? 0;
    const before = queue.ids.findLastIndex((other) => timeOf(other) <= time);
    queue.ids.splice(Math.max(first, before + 1), 0, id);
    return queue;
  }

  /** Sends the messages of a queue one after the other, until one has to wait. */
  async #run(queue: Queue): Promise<void> {
    if (queue.running) return;
    queue.running = true;
    for (let [id] = queue.ids; id !== undefined; [id] = queue.ids) {
      const calls = this.#calls;
      const done = await this.#attempt(id);
      if (done) queue.ids.splice(0, queue.ids[0] === id ? 1 : 0);
      // The connection may have been restored meanwhile.
      else if (calls === this.#calls) break;
    }
    queue.running = false;
    for (const id of [...queue.ids]) this.#wait(id);
    this.#drop(queue);
  }

  /** Tries to send a message; resolves with false if it has to wait. */
  async #attempt(id: string): Promise<boolean> {
    const sending = this.#sending.get(id);
    if (!sending) return true;
    const waited = !sending.reply;
    const message: SipMessage = Object.freeze({...sending.message, state: 'sending'});
    sending.message = message;
    clearTimeout(sending.patience);
    if (waited) this.#host.progressed(message);
    const {number, lost} = message;
    let plain: boolean | undefined;
    const beforeSend = async (isPlain: boolean): Promise<void> => {
      // It was removed meanwhile.
      if (!this.has(id)) throw new SipError('aborted', {subject: number});
      plain = isPlain;
      if (plain && lost) throw new SipError('connection-lost', {subject: number});
      await this.#host.keep(plain ? message : Object.freeze({...message, state: 'waiting', lost: true}));
    };
    try {
      const delivered = await this.#host.deliver({...message, beforeSend});
      const patch = {state: 'sent', ...(delivered && {delivered})} as const;
      this.settle(id, patch);
      sending.reply?.resolve(Object.freeze({...sending.message, ...patch}));
    } catch (thrown) {
      const error = toSipError(thrown, number);
      const {code} = error;
      const isUnsent = code === 'not-connected' && (waited || this.#host.connection() !== 'disconnected');
      const isLost = code === 'connection-lost' && !plain;
      if (this.has(id) && (isUnsent || isLost)) {
        if (isLost && plain === false) sending.message = Object.freeze({...message, lost: true});
        return false;
      }
      this.settle(id, {state: 'failed', error: code});
      sending.reply?.reject(error);
    }
    return true;
  }

  /** Lets a message wait for the connection. */
  #wait(id: string): void {
    const sending = this.#sending.get(id);
    if (!sending) return;
    clearTimeout(sending.patience);
    const left = sending.message.time + keptDurations.outbox - Date.now();
    // A longer time would count as none.
    sending.patience = setTimeout(() => this.#giveUp(id), Math.min(Math.max(0, left), LONGEST_DELAY_MS));
    if (sending.message.state !== 'waiting' || sending.reply) {
      sending.message = Object.freeze({...sending.message, state: 'waiting'});
      void this.#host.changed(sending.message);
    }
    sending.reply?.resolve(sending.message);
    sending.reply = undefined;
  }

  #giveUp(id: string): void {
    this.settle(id, {state: 'failed', error: 'not-connected'});
  }

  async #upload(message: SipMessage): Promise<SipMessage> {
    let file: MessageFile;
    try {
      file = await this.#files.upload(message, (part) =>
        this.#host.progressed(Object.freeze({...message, file: part})),
      );
    } catch (thrown) {
      const error = toSipError(thrown, message.file!.name);
      this.settle(message.id, {state: 'failed', error: error.code});
      throw error;
    }
    const ready: SipMessage = Object.freeze({...message, text: fileText(file), file});
    const sending = this.#sending.get(message.id);
    if (!sending) throw new SipError('aborted', {subject: message.number});
    sending.message = ready;
    await this.#host.changed(ready, Object.freeze({...ready, state: 'waiting'}));
    if (!this.has(message.id)) throw new SipError('aborted', {subject: message.number});
    return this.#send(ready);
  }

  #isOnItsWay({id, number}: SipMessage): boolean {
    const queue = this.#queues.get(number);
    return queue?.running === true && queue.ids[0] === id;
  }

  /** Ends the sending of a message; returns undefined if it has ended. */
  #take(id: string): Sending | undefined {
    const sending = this.#sending.get(id);
    if (!sending) return undefined;
    clearTimeout(sending.patience);
    this.#sending.delete(id);
    const {number} = sending.message;
    const queue = this.#queues.get(number);
    const place = queue?.ids.indexOf(id) ?? -1;
    // The one on its way stays until its attempt has ended.
    if (queue && place >= (queue.running ? 1 : 0)) queue.ids.splice(place, 1);
    if (queue) this.#drop(queue);
    return sending;
  }

  /** Forgets a queue that is empty. */
  #drop({number, ids}: Queue): void {
    if (!ids.length && this.#queues.get(number)?.ids === ids) this.#queues.delete(number);
  }

  /** Reports the result of a message; returns undefined if it was removed meanwhile. */
  settle(
    id: string,
    patch: Pick<SipMessage, 'state' | 'delivered' | 'read' | 'error'>,
  ): SipMessage | undefined {
    const sending = this.#take(id);
    if (!sending) return undefined;
    const settled: SipMessage = Object.freeze({...sending.message, ...patch});
    // Until it is stored, other tabs would find it unsent; here it may be sent again meanwhile.
    void this.#host.changed(settled).finally(() => sending.lock.release());
    return settled;
  }
}
