import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import {MessageFiles, type FilesHost} from './message-files.js';
import {lockMessage, type MessageLock} from './message-lock.js';
import {fileText, type MessageFile, type SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** How long a message waits for the connection to be restored, in milliseconds. */
const PATIENCE = 30_000;

/** What the outbox needs from the book that it belongs to. */
export interface OutboxHost extends Pick<MessagesHost, 'connection' | 'deliver'>, FilesHost {
  /** A message has become another one; resolves when that is kept. */
  changed(message: SipMessage): Promise<void>;
  /** The file of a message has come further, which is shown and not kept. */
  progressed(message: SipMessage): void;
}

/** A message on its way, and what tells other tabs so. */
interface Sending {
  readonly message: SipMessage;
  readonly lock: MessageLock;
}

/** The messages of this side's that are on their way. */
export class MessageOutbox {
  readonly #host: OutboxHost;
  readonly #files: MessageFiles;
  readonly #sending = new Map<string, Sending>();
  /** Those of them that wait until the connection is restored. */
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(host: OutboxHost) {
    this.#host = host;
    this.#files = new MessageFiles(host);
  }

  /** Whether the message with the id is on its way. */
  has(id: string): boolean {
    return this.#sending.has(id);
  }

  /** Takes in a message, with the file that it brings; resolves when other tabs see that it is on its way. */
  add(message: SipMessage, file?: Blob, options: UploadOptions = {}): Promise<void> {
    const lock = lockMessage(message.id);
    this.#sending.set(message.id, {message, lock});
    if (file) this.#files.add(message.id, file, options);
    return lock.held;
  }

  /**
   * Sends a message, once its file is uploaded; resolves where it waits for the connection as well.
   *
   * @throws {SipError} As `SipMessages.send` and `sendFile`.
   */
  async send(message: SipMessage): Promise<SipMessage> {
    if (!this.has(message.id)) throw new SipError('aborted', {subject: message.number});
    return message.file?.url === '' ? this.#upload(message) : this.#deliver(message);
  }

  /** Sends what waits for the connection. */
  sendWaiting(): void {
    for (const [id, timer] of [...this.#waiting]) {
      clearTimeout(timer);
      this.#waiting.delete(id);
      const sending = this.#sending.get(id);
      // What becomes of it is told by events.
      if (sending) this.#deliver(sending.message).catch(() => {});
    }
  }

  /**
   * Sends a message no more.
   *
   * @param gone - Settles when it is not kept any more: until then others would find it on its way.
   */
  giveUp(id: string, gone: Promise<unknown>): void {
    clearTimeout(this.#waiting.get(id));
    this.#waiting.delete(id);
    const sending = this.#sending.get(id);
    this.#sending.delete(id);
    if (sending) void gone.finally(() => sending.lock.release());
    this.#files.giveUp(id);
  }

  /** Sends no message to a number any more; none at all without one. */
  giveUpAll(number: string | undefined, gone: Promise<unknown>): void {
    for (const {message} of [...this.#sending.values()])
      if (number === undefined || message.number === number) this.giveUp(message.id, gone);
  }

  async #deliver(message: SipMessage): Promise<SipMessage> {
    const {id, number, text} = message;
    try {
      await this.#host.deliver(number, text);
    } catch (thrown) {
      const error = toSipError(thrown, number);
      if (error.code !== 'not-connected' || this.#host.connection() !== 'reconnecting') {
        this.#settle(id, 'failed', error.code);
        throw error;
      }
      const giveUp = (): void => {
        this.#waiting.delete(id);
        this.#settle(id, 'failed', 'not-connected');
      };
      if (this.#sending.has(id)) this.#waiting.set(id, setTimeout(giveUp, PATIENCE));
      return message;
    }
    return this.#settle(id, 'sent') ?? Object.freeze({...message, state: 'sent'});
  }

  async #upload(message: SipMessage): Promise<SipMessage> {
    let file: MessageFile;
    try {
      file = await this.#files.upload(message, (part) =>
        this.#host.progressed(Object.freeze({...message, file: part})),
      );
    } catch (thrown) {
      const error = toSipError(thrown, message.file!.name);
      this.#settle(message.id, 'failed', error.code);
      throw error;
    }
    const ready: SipMessage = Object.freeze({...message, text: fileText(file), file});
    const sending = this.#sending.get(message.id);
    if (sending) this.#sending.set(message.id, {...sending, message: ready});
    void this.#host.changed(ready);
    return this.#deliver(ready);
  }

  /** Says what became of a message; undefined where it was taken out meanwhile. */
  #settle(id: string, state: 'sent' | 'failed', error?: SipErrorCode): SipMessage | undefined {
    const sending = this.#sending.get(id);
    if (!sending) return undefined;
    this.#sending.delete(id);
    const settled: SipMessage = Object.freeze({...sending.message, state, ...(error && {error})});
    // Until it is kept others would find it on its way; here it may be sent again meanwhile.
    void this.#host.changed(settled).finally(() => sending.lock.release());
    return settled;
  }
}
