import {SipError, toSipError} from '../../errors.js';
import {MessageFiles, type FilesHost} from './message-files.js';
import {lockMessage, type MessageLock} from './message-lock.js';
import {fileText, type MessageFile, type SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** How long a message waits for the connection to be restored, in milliseconds. */
const PATIENCE = 30_000;

/** What `MessageOutbox` needs from `MessageManager`. */
export interface OutboxHost extends Pick<MessagesHost, 'connection' | 'deliver'>, FilesHost {
  /** Reports a changed message; resolves when it is stored. */
  changed(message: SipMessage): Promise<void>;
  /** Reports the upload progress of a message, which is shown but not stored. */
  progressed(message: SipMessage): void;
}

/** A message that is being sent, and its lock. */
interface Sending {
  readonly message: SipMessage;
  readonly lock: MessageLock;
}

/** The outgoing messages that are being sent. */
export class MessageOutbox {
  readonly #host: OutboxHost;
  readonly #files: MessageFiles;
  readonly #sending = new Map<string, Sending>();
  /** The messages that wait until the connection is restored. */
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(host: OutboxHost) {
    this.#host = host;
    this.#files = new MessageFiles(host);
  }

  /** Whether the message with the id is being sent. */
  has(id: string): boolean {
    return this.#sending.has(id);
  }

  /** Adds a message and its file; resolves when other tabs can see that it is being sent. */
  add(message: SipMessage, file?: Blob, options: UploadOptions = {}): Promise<void> {
    const lock = lockMessage(message.id);
    this.#sending.set(message.id, {message, lock});
    if (file) this.#files.add(message.id, file, options);
    return lock.held;
  }

  /**
   * Sends a message after uploading its file; also resolves if it has to wait for the connection.
   *
   * @throws {SipError} As `SipMessages.send` and `sendFile`.
   */
  async send(message: SipMessage): Promise<SipMessage> {
    if (!this.has(message.id)) throw new SipError('aborted', {subject: message.number});
    return message.file?.url === '' ? this.#upload(message) : this.#deliver(message);
  }

  /** Sends the messages that wait for the connection. */
  sendWaiting(): void {
    for (const [id, timer] of [...this.#waiting]) {
      clearTimeout(timer);
      this.#waiting.delete(id);
      const sending = this.#sending.get(id);
      // Events report the result.
      if (sending) this.#deliver(sending.message).catch(() => {});
    }
  }

  /**
   * Stops sending a message.
   *
   * @param gone - Settles when it is no longer stored: until then other tabs would find it unsent.
   */
  cancel(id: string, gone: Promise<unknown>): void {
    clearTimeout(this.#waiting.get(id));
    this.#waiting.delete(id);
    const sending = this.#sending.get(id);
    this.#sending.delete(id);
    if (sending) void gone.finally(() => sending.lock.release());
    this.#files.cancel(id);
  }

  /** Stops sending all messages to a number; all messages if it is undefined. */
  cancelAll(number: string | undefined, gone: Promise<unknown>): void {
    for (const {message} of [...this.#sending.values()])
      if (number === undefined || message.number === number) this.cancel(message.id, gone);
  }

  async #deliver(message: SipMessage): Promise<SipMessage> {
    const {id, number, text} = message;
    let delivered: boolean;
    try {
      delivered = await this.#host.deliver(number, text);
    } catch (thrown) {
      const error = toSipError(thrown, number);
      if (error.code !== 'not-connected' || this.#host.connection() !== 'reconnecting') {
        this.#settle(id, {state: 'failed', error: error.code});
        throw error;
      }
      const expire = (): void => {
        this.#waiting.delete(id);
        this.#settle(id, {state: 'failed', error: 'not-connected'});
      };
      if (this.#sending.has(id)) this.#waiting.set(id, setTimeout(expire, PATIENCE));
      return message;
    }
    const patch = {state: 'sent', ...(delivered && {delivered})} as const;
    return this.#settle(id, patch) ?? Object.freeze({...message, ...patch});
  }

  async #upload(message: SipMessage): Promise<SipMessage> {
    let file: MessageFile;
    try {
      file = await this.#files.upload(message, (part) =>
        this.#host.progressed(Object.freeze({...message, file: part})),
      );
    } catch (thrown) {
      const error = toSipError(thrown, message.file!.name);
      this.#settle(message.id, {state: 'failed', error: error.code});
      throw error;
    }
    const ready: SipMessage = Object.freeze({...message, text: fileText(file), file});
    const sending = this.#sending.get(message.id);
    if (sending) this.#sending.set(message.id, {...sending, message: ready});
    void this.#host.changed(ready);
    return this.#deliver(ready);
  }

  /** Reports the result of a message; returns undefined if it was removed meanwhile. */
  #settle(id: string, patch: Pick<SipMessage, 'state' | 'delivered' | 'error'>): SipMessage | undefined {
    const sending = this.#sending.get(id);
    if (!sending) return undefined;
    this.#sending.delete(id);
    const settled: SipMessage = Object.freeze({...sending.message, ...patch});
    // Until it is stored, other tabs would find it unsent; here it may be sent again meanwhile.
    void this.#host.changed(settled).finally(() => sending.lock.release());
    return settled;
  }
}
