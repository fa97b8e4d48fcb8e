import {toSipError} from '../../errors.js';
import type {SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import type {MessageEnvelope} from '../types.js';

/** What `MessageReceipts` needs from `MessageManager`. */
export interface ReceiptsHost extends Pick<MessagesHost, 'sendReceipt' | 'spokenTo'> {
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

/** Returns the id under which a message is kept whose sender has given it one. */
export function keptId(number: string, id: string): string {
  return `${number}/${id}`;
}

/**
 * The receipts for messages that arrive (RFC 5438): that they have arrived, that they are read. What cannot be sent now is
 * sent after the next registration, by the next page as well. Strangers get none: those to whom the user has neither
 * written nor spoken.
 */
export class MessageReceipts {
  readonly #host: ReceiptsHost;
  /** Settles with the receipts that are being sent: one after the other. */
  #sending: Promise<void> = Promise.resolve();

  constructor(host: ReceiptsHost) {
    this.#host = host;
  }

  /** What a message has to keep of the receipts that its sender asks for. */
  static wanted({asks}: MessageEnvelope): Pick<SipMessage, 'asksRead' | 'due'> {
    return {
      ...(asks.includes('delivered') && {due: 'delivered' as const}),
      ...(asks.includes('read') && {asksRead: true as const}),
    };
  }

  /** Sends the receipt of a message that has arrived. */
  async arrived(message: SipMessage): Promise<void> {
    if (!message.due) return;
    if (await this.#isKnown(message.number)) return this.#send(message);
    await this.#clear(message);
  }

  /** Sends the receipts of messages that the user has read. */
  async read(number: string): Promise<void> {
    const known = await this.#isKnown(number);
    for (const {asksRead: _, ...message} of await this.#host.asking(number)) {
      const read: SipMessage = Object.freeze(known ? {...message, due: 'read'} : message);
      await this.#host.note(read);
      if (known) void this.#send(read);
    }
  }

  /** Sends what could not be sent before. */
  async resume(): Promise<void> {
    for (const message of await this.#host.due()) void this.#send(message);
  }

  #send(message: SipMessage): Promise<void> {
    return (this.#sending = this.#sending.then(async () => this.#sendNow(message)).catch(() => {}));
  }

  async #isKnown(number: string): Promise<boolean> {
    return this.#host.spokenTo(number) || this.#host.hasWrittenTo(number);
  }

  async #sendNow(message: SipMessage): Promise<void> {
    const {number, id, due: kind} = message;
    if (!kind) return;
    try {
      await this.#host.sendReceipt({number, id: id.slice(keptId(number, '').length), kind});
    } catch (error) {
      if (PASSING.has(toSipError(error).code)) return;
    }
    await this.#clear(message);
  }

  /** Notes that a receipt is not due any more. */
  async #clear({id, due}: SipMessage): Promise<void> {
    // The user may have read it meanwhile, or removed it.
    const {due: left, ...message} = (await this.#host.find(id)) ?? {};
    if (left === due) await this.#host.note(Object.freeze(message as SipMessage));
  }
}
