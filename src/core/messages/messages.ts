import type {Conversation} from './conversation.js';
import type {ArchivedMessage, SipMessage} from './message.js';
import type {MessageManager} from './message-manager.js';
import type {MessagesHost, MessagesState} from './messages-state.js';
import type {GroupFileOptions, TextDelivery} from './text-deliveries.js';
import {StateTarget} from '../util/state-target.js';
import type {MessageEnvelope, Party, ReceivedComposing, ReceivedMessage, ReceivedReceipt} from '../types.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {UploadOptions} from '../uploads/uploads.js';

/**
 * The conversations of an account: messages sent and received, and their states.
 *
 * Stored in the browser's database, if allowed; tabs of one account share it. Loaded on first use, or, if messages are stored,
 * when the client registers. `statechange` and the client's events `sip-message-state` and `sip-message-unread` report changes.
 */
export class SipMessages extends StateTarget<MessagesState> {
  /**
   * Returns the URL of an uploaded file from the server's reply, if it is neither the reply's text nor `url` in its
   * JSON.
   */
  fileUrl: ((result: UploadResult, file: Blob) => string | undefined) | undefined;
  readonly #host: MessagesHost;
  /** What has arrived and is not stored: if the code for it cannot be loaded, it waits for the next registration. */
  readonly #arrived = new Set<readonly [ReceivedMessage, MessageEnvelope | undefined]>();
  #manager: Promise<MessageManager> | undefined;

  /** @internal Created by its client. */
  constructor(host: MessagesHost) {
    super({conversations: Object.freeze([]), unread: 0, kept: host.local});
    this.#host = host;
  }

  /** Loads the stored messages. */
  async load(): Promise<void> {
    await this.#open();
  }

  /** Opens the conversation with a number, with its latest messages loaded. */
  async open(number: string): Promise<Conversation> {
    return (await this.#open()).open(number);
  }

  /**
   * Sends a text to a number; resolves when the server has accepted it. Also resolves while the connection is being
   * restored, with `state` `waiting`: then the message is sent, in its order, when the client has registered again, by
   * the next page as well. After a day it fails.
   *
   * A failed message stays in the conversation and can be sent again.
   *
   * @throws {SipError} `invalid-number`, `bad-parameter` if the text is empty, `message-too-long`, `not-connected`, and
   * the server's refusals.
   */
  async send(number: string, text: string): Promise<SipMessage> {
    return (await this.#open()).send(number, text);
  }

  /**
   * Sends a text to several people, at most 500: a message in the conversation with each. With a group, the text is also a
   * message of the conversation with it, whose number is `group:` and that of the group.
   *
   * Resolves when all are stored, with what becomes of each; those to whom it could not be sent get it again by
   * `retry()`.
   *
   * @throws {SipError} `invalid-number`, `bad-parameter` if the text is empty, there is nobody or there are too many,
   * `message-too-long`.
   */
  async sendToAll(
    people: readonly Party[],
    text: string,
    {group}: {readonly group?: Party | undefined} = {},
  ): Promise<TextDelivery> {
    return (await this.#open()).sendToAll(people, text, group);
  }

  /**
   * Uploads a file once, and sends its name, size and URL as a text to each member of a group, at most 500. The file is also a
   * message of the conversation with the group.
   *
   * Resolves when the file is uploaded and all messages are stored, with what becomes of each. If the upload fails, the
   * message in the conversation with the group has failed: `client.messages.retry()` uploads its file again.
   *
   * @throws {SipError} As `sendToAll` and `client.upload`; `file-too-large`, `bad-reply` if the server reports no URL.
   */
  async sendFileToAll(
    people: readonly Party[],
    file: Blob,
    options: GroupFileOptions,
  ): Promise<TextDelivery> {
    return (await this.#open()).sendFileToAll(people, file, options);
  }

  /** Resolves with what has become of a text or file to a group, for each of its `recipients`. */
  async delivery(message: SipMessage): Promise<TextDelivery> {
    return (await this.#open()).delivery(message);
  }

  /**
   * Uploads a file and sends its name, size and URL as a text.
   *
   * @throws {SipError} As `send` and `client.upload`; `file-too-large`, `bad-reply` if the server reports no URL.
   */
  async sendFile(number: string, file: Blob, options: UploadOptions = {}): Promise<SipMessage> {
    return (await this.#open()).sendFile(number, file, options);
  }

  /**
   * Sends a failed message again; resolves and rejects as `send`.
   *
   * @throws {SipError} `invalid-state` if there is no such message, or it did not fail.
   */
  async retry(id: string): Promise<SipMessage> {
    return (await this.#open()).retry(id);
  }

  /** Finds messages by a text in them, or in the names of their files: the newest 50, the newest first. */
  async search(text: string): Promise<readonly SipMessage[]> {
    return (await this.#open()).search(text);
  }

  /** Adds messages from elsewhere, such as a server's archive; they count as read. */
  async add(messages: readonly ArchivedMessage[]): Promise<void> {
    await (await this.#open()).add(messages);
  }

  /**
   * Removes messages from a conversation.
   *
   * @throws {SipError} `internal` if the browser's storage fails: the next page may show them again.
   */
  async remove(number: string, ...ids: readonly string[]): Promise<void> {
    await (await this.#open()).remove(number, ids);
  }

  /**
   * Removes all messages of a conversation; of all conversations without a number.
   *
   * @throws {SipError} `internal` if the browser's storage fails: the next page may show them again.
   */
  async clear(number?: string): Promise<void> {
    await (await this.#open()).clear(number);
  }

  /** Marks the conversation as read. */
  async markRead(number: string): Promise<void> {
    await (await this.#open()).markRead(number);
  }

  /** Returns the origin of uploaded files; undefined if uploads are not possible. */
  async fileOrigin(): Promise<string | undefined> {
    try {
      return new URL(await this.#host.findUploadUrl()).origin;
    } catch {
      return undefined;
    }
  }

  /**
   * Tells the other side that the user is writing to it: call it when the text changes. It ends by itself after 15 s,
   * when the text is sent, or with `composing` false. Only those who accept it are told (RFC 3994).
   */
  setComposing(number: string, composing = true): void {
    if (!this.#host.composes) return;
    this.#pass((manager) => manager.setComposing(number, composing));
  }

  /** @internal Adds a message that has arrived; resolves when it is stored. */
  async received(message: ReceivedMessage, envelope?: MessageEnvelope): Promise<void> {
    const arrived = [message, envelope] as const;
    this.#arrived.add(arrived);
    await this.#take(arrived);
  }

  /** @internal Notes what the other side reports of a message. */
  receipt(receipt: ReceivedReceipt): void {
    this.#pass((manager) => manager.receipt(receipt));
  }

  /** @internal Notes that another user is writing, or has stopped. */
  composing(composing: ReceivedComposing): void {
    if (this.#manager) this.#pass((manager) => manager.composing(composing));
  }

  /** @internal Called when messages can be sent. */
  registered(): void {
    // Without stored messages, none waits before the first use.
    if (!this.#host.local && !this.#manager && !this.#arrived.size) return;
    this.#pass((manager) => manager.sendWaiting());
    for (const arrived of this.#arrived) this.#take(arrived).catch(() => {});
  }

  async #take(arrived: readonly [ReceivedMessage, MessageEnvelope | undefined]): Promise<void> {
    const manager = await this.#open();
    if (this.#arrived.delete(arrived)) await manager.receive(...arrived);
  }

  /** Passes on what is dropped if the code for messages cannot be loaded. */
  #pass(command: (manager: MessageManager) => unknown): void {
    this.#open().then(command, () => {});
  }

  #open(): Promise<MessageManager> {
    this.#manager ??= import('./message-manager.js')
      .then(({MessageManager}) =>
        MessageManager.open({
          ...this.#host,
          update: (patch) => this.update(patch),
          fileUrl: (result, file) => this.fileUrl?.(result, file),
        }),
      )
      .catch((error: unknown) => {
        this.#manager = undefined;
        throw error;
      });
    return this.#manager;
  }
}
