import type {Conversation} from './conversation.js';
import type {ArchivedMessage, SipMessage} from './message.js';
import type {MessageBook} from './message-book.js';
import type {MessagesHost, MessagesState} from './messages-state.js';
import {StateTarget} from '../util/state-target.js';
import type {ReceivedMessage} from '../types.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {UploadOptions} from '../uploads/uploads.js';

/**
 * The conversations of an account: what was sent, what arrived, and what became of it.
 *
 * Kept in the browser's database, where it is allowed; tabs of one account share it. Read once anything is asked of it, or
 * when the client registers. Follow `statechange`, and the client's events `sip-message-state` and `sip-message-unread`.
 */
export class SipMessages extends StateTarget<MessagesState> {
  /**
   * Finds the address of an uploaded file in the server's reply, where that is none that is known: the reply's text, or `url`
   * in its JSON.
   */
  fileUrl: ((result: UploadResult, file: Blob) => string | undefined) | undefined;
  readonly #host: MessagesHost;
  readonly #arrived: ReceivedMessage[] = [];
  #book: Promise<MessageBook> | undefined;

  /** @internal A client has one. */
  constructor(host: MessagesHost) {
    super({conversations: Object.freeze([]), unread: 0, kept: host.local});
    this.#host = host;
  }

  /** Reads what is kept. */
  async load(): Promise<void> {
    await this.#open();
  }

  /** Opens the conversation with a number, its newest messages loaded. */
  async open(number: string): Promise<Conversation> {
    return (await this.#open()).open(number);
  }

  /**
   * Sends a text to a number; resolves when the server took it, or while the connection is being restored: then it goes out
   * within half a minute, or fails.
   *
   * What fails stays in the conversation, to be sent again.
   *
   * @throws {SipError} `invalid-number`, `bad-parameter` where it is empty, `message-too-long`, `not-connected`, and what the
   * server refuses.
   */
  async send(number: string, text: string): Promise<SipMessage> {
    return (await this.#open()).send(number, text);
  }

  /**
   * Uploads a file and sends its name, size and address as a text.
   *
   * @throws {SipError} As `send` and `client.upload`; `file-too-large`, `bad-reply` where the server names no address.
   */
  async sendFile(number: string, file: Blob, options: UploadOptions = {}): Promise<SipMessage> {
    return (await this.#open()).sendFile(number, file, options);
  }

  /**
   * Sends a message again that has failed; resolves and rejects as `send`.
   *
   * @throws {SipError} `invalid-state` where there is no such message, or it did not fail.
   */
  async retry(id: string): Promise<SipMessage> {
    return (await this.#open()).retry(id);
  }

  /** Takes in messages from elsewhere, as a server's archive; they count as read. */
  async add(messages: readonly ArchivedMessage[]): Promise<void> {
    await (await this.#open()).add(messages);
  }

  /** Takes messages out of a conversation. */
  async remove(number: string, ...ids: readonly string[]): Promise<void> {
    await (await this.#open()).remove(number, ids);
  }

  /** Takes everything out of a conversation; of all of them without a number. */
  async clear(number?: string): Promise<void> {
    await (await this.#open()).clear(number);
  }

  /** A person has read the conversation. */
  async markRead(number: string): Promise<void> {
    await (await this.#open()).markRead(number);
  }

  /** Where uploaded files come from; undefined where nothing can be uploaded. */
  async fileOrigin(): Promise<string | undefined> {
    try {
      return new URL(await this.#host.findUploadUrl()).origin;
    } catch {
      return undefined;
    }
  }

  /** @internal A message has arrived. */
  received(message: ReceivedMessage): void {
    this.#arrived.push(message);
    this.#takeArrived();
  }

  /** @internal Messages can be sent from now on. */
  registered(): void {
    void this.#open().then(
      (book) => book.sendWaiting(),
      () => {},
    );
    this.#takeArrived();
  }

  /** What could not be noted, since the code for it could not be loaded, waits for the next time. */
  #takeArrived(): void {
    if (!this.#arrived.length) return;
    void this.#open().then(
      (book) => this.#arrived.splice(0).forEach((message) => void book.receive(message)),
      () => {},
    );
  }

  #open(): Promise<MessageBook> {
    this.#book ??= import('./message-book.js')
      .then(({MessageBook}) =>
        MessageBook.open({
          ...this.#host,
          update: (patch) => this.update(patch),
          fileUrl: (result, file) => this.fileUrl?.(result, file),
        }),
      )
      .catch((error: unknown) => {
        this.#book = undefined;
        throw error;
      });
    return this.#book;
  }
}
