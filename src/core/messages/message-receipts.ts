import {toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import type {SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import type {MessageEnvelope} from '../types.js';

/** What `MessageReceipts` needs from `MessageManager`. */
export interface ReceiptsHost extends Pick<MessagesHost, 'receipts' | 'sendReceipt' | 'spokenTo'> {
  /** Whether the user has written to the number. */
  hasWrittenTo(number: string): Promise<boolean>;
  /** Returns the newest messages of a number that ask for a receipt once they are read. */
  asking(number: string): Promise<readonly SipMessage[]>;
  /** Returns the messages for which a receipt is still to be sent, the oldest first. */
  due(): Promise<readonly SipMessage[]>;
  find(id: string): Promise<SipMessage | undefined>;
  /** Stores and shows what of a message's receipts is still to be sent. */
  note(message: SipMessage): Promise<void>;
}

/** Failures after which a receipt is sent again at the next registration. */
const PASSING: ReadonlySet<string> = new Set(['not-connected', 'connection-lost', 'not-registered']);

/** Returns the id under which a received message is stored. Ids of different senders may be equal. */
export function keptId(number: string, id: string): string {
  return `${number}/${id}`;
}

/**
 * Sends receipts for received messages (RFC 5438): `delivered` and `read`. A receipt that cannot be sent now is sent after
 * the next registration, if necessary by the next page. Numbers to which the user has neither written nor spoken get no
 * receipts.
 */
export class MessageReceipts {
  readonly #host: ReceiptsHost;
  /** Receipts are sent one after another. */
  readonly #sending = new TaskQueue();
  /** What is due is read and noted again by one task at a time: the user may read a message while its delivery is reported. */
  readonly #noting = new TaskQueue();

  constructor(host: ReceiptsHost) {
    this.#host = host;
  }

  /** Returns how a message notes the receipts that its sender asks for. */
  static wanted({asks}: MessageEnvelope): Pick<SipMessage, 'asksRead' | 'due'> {
    return {
      ...(asks.includes('delivered') && {due: 'delivered' as const}),
      ...(asks.includes('read') && {asksRead: true as const}),
    };
  }

  /** Sends the receipt of a message that has arrived. */
  arrived(message: SipMessage): void {
    void this.#send(message);
  }

  /** Sends the receipts of messages that the user has read. */
  async read(number: string): Promise<void> {
    await this.#noting.run(async () => {
      for (const {asksRead: _, ...message} of await this.#host.asking(number)) {
        const read: SipMessage = Object.freeze({...message, due: 'read'});
        await this.#host.note(read);
        void this.#send(read);
      }
    });
  }

  /** Sends what could not be sent before. */
  async resume(): Promise<void> {
    for (const message of await this.#host.due()) void this.#send(message);
  }

  #send(message: SipMessage): Promise<void> {
    return this.#sending.run(async () => this.#sendNow(message)).catch(() => {});
  }

  async #sendNow({number, id, due: kind}: SipMessage): Promise<void> {
    if (!kind || !(await this.#due(id, kind))) return;
    try {
      if (await this.#isWanted(number, kind))
        await this.#host.sendReceipt({number, id: id.slice(keptId(number, '').length), kind});
    } catch (error) {
      if (PASSING.has(toSipError(error).code)) return;
    }
    await this.#noting.run(async () => {
      const {due, ...message} = (await this.#due(id, kind)) ?? {};
      if (due) await this.#host.note(Object.freeze(message as SipMessage));
    });
  }

  /** Whether the user wants to send such receipts, and knows the number. */
  async #isWanted(number: string, kind: SipMessage['due']): Promise<boolean> {
    const {receipts} = this.#host;
    if (receipts === 'none' || (receipts === 'delivery' && kind === 'read')) return false;
    return this.#host.spokenTo(number) || this.#host.hasWrittenTo(number);
  }

  /** Returns the message if the receipt is still to be sent: it may be sent, or the message removed or read meanwhile. */
  async #due(id: string, kind: SipMessage['due']): Promise<SipMessage | undefined> {
    const message = await this.#host.find(id);
    return message?.due === kind ? message : undefined;
  }
}
