import type {MessageRequest, ReceiptRequest} from '../../core/messages/messages-state.js';
import type {CallServiceHost} from '../../core/client/call-service.js';
import {dropOldest} from '../../core/util/collections/newest.js';
import {randomUuid} from '../../core/util/uuid.js';
import {keptDurations} from '../../durations/kept.js';
import {toSipError} from '../../errors.js';
import type {IncomingMessage} from '../delegate.js';
import {mediaTypeOf} from '../headers/media-type.js';
import {receivedMessage} from '../received-message.js';
import type {SipUserAgent} from '../user-agent.js';
import {AcceptedTypes} from './accepted-types.js';
import {COMPOSING_TYPE, readComposing, writeComposing} from './composing.js';
import {CPIM_TYPE, readCpim, writeCpim, type Unwrapped} from './cpim.js';
import {IMDN_TYPE, readImdn, writeImdn} from './imdn.js';

/** What sends the messages. */
export type MessageAgent = Pick<SipUserAgent, 'message' | 'accepted' | 'addressOf'>;

/** The receipts that a text asks for (RFC 5438 §6.2), by the option `messageReceipts`. */
const ASKED = {
  all: ['positive-delivery', 'negative-delivery', 'display'],
  delivery: ['positive-delivery', 'negative-delivery'],
  none: [],
} as const;

/** The receipts that others may request, by their names on the wire. */
const ASKS = new Map([
  ['positive-delivery', 'delivered'],
  ['display', 'read'],
] as const);

/** How many ids of messages that have arrived are remembered: a second copy comes soon. */
const MOST_IDS = 1_000;

/**
 * Sends and receives texts with their ids, receipts and composing indications (RFC 3862, RFC 5438, RFC 3994). Only those
 * who accept these types get them; others get plain text.
 */
export class Messenger {
  readonly #host: CallServiceHost;
  readonly #agent: MessageAgent;
  readonly #accepted: AcceptedTypes;
  readonly #arrived = new Set<string>();

  constructor(host: CallServiceHost, agent: MessageAgent) {
    this.#host = host;
    this.#agent = agent;
    const {user, domain, historyStorage} = host.options;
    const account = historyStorage === 'local' ? `${user}@${domain}` : undefined;
    this.#accepted = new AcceptedTypes((number) => agent.accepted(number), account);
  }

  /** Forgets the types that others accept: the user signs out. */
  clear(): void {
    this.#accepted.clear();
  }

  /** See `CallService.sendMessage`. */
  async send({number, text, id, time, lost, beforeSend}: MessageRequest): Promise<boolean> {
    const types = await this.#accepted.of(number, lost);
    if (types.has(CPIM_TYPE)) {
      const asks = types.has(IMDN_TYPE) ? ASKED[this.#host.options.messageReceipts] : [];
      const content = {id, time, asks, contentType: 'text/plain; charset=utf-8', body: text};
      await beforeSend(false);
      try {
        return await this.#wrapped(number, content);
      } catch (error) {
        if (toSipError(error).status !== 415) throw error;
      }
    }
    await beforeSend(true);
    return this.#agent.message(number, text, 'text/plain');
  }

  /** See `CallService.sendReceipt`. */
  async receipt({number, id, kind}: ReceiptRequest): Promise<void> {
    const time = Date.now();
    await this.#wrapped(number, {
      id: randomUuid(),
      time,
      asks: [],
      contentType: IMDN_TYPE,
      disposition: 'notification',
      body: writeImdn(id, kind, time),
    });
  }

  /** See `CallService.sendComposing`. */
  async composing(number: string, active: boolean): Promise<void> {
    if (!(await this.#accepted.of(number)).has(COMPOSING_TYPE)) return;
    const refresh = Math.ceil(keptDurations.composingRefresh / 1_000);
    const body = writeComposing(active ? {active, refresh} : {active});
    await this.#agent.message(number, body, COMPOSING_TYPE, (types) => this.#accepted.learn(number, types));
  }

  /** Handles a message of any type; resolves when it is stored. */
  async receive(message: IncomingMessage): Promise<void> {
    const type = mediaTypeOf(message.contentType);
    const unwrapped = type === CPIM_TYPE ? readCpim(message.body) : undefined;
    const {contentType, body} = unwrapped ?? message;
    const inner = mediaTypeOf(contentType);
    if (inner === IMDN_TYPE) return this.#receipt(message.from, body);
    if (inner === COMPOSING_TYPE) return this.#composing(message.from, body);
    if (unwrapped) return this.#text(message, unwrapped);
    await this.#host.messageReceived(receivedMessage(message));
  }

  async #text(message: IncomingMessage, {id, date, asks, contentType, body}: Unwrapped): Promise<void> {
    const {from, known = false} = message;
    if (known) void this.#accepted.learnMore(from, CPIM_TYPE, ...(asks.length ? [IMDN_TYPE] : []));
    if (id && this.#isKnown(`${from} ${id}`)) return;
    const dated = message.date ?? date;
    const granted = [...ASKS].flatMap(([name, kind]) => (known && asks.includes(name) ? [kind] : []));
    const received = receivedMessage({...message, contentType, body, ...(dated && {date: dated})});
    await this.#host.messageReceived(received, id ? {id, asks: granted} : undefined);
  }

  #receipt(from: string, body: string): void {
    const receipt = readImdn(body);
    if (receipt) this.#host.receiptReceived({from, ...receipt});
  }

  #composing(from: string, body: string): void {
    const composing = readComposing(body);
    if (!composing || this.#host.options.messageComposing === 'off') return;
    this.#host.composingReceived({from, ...composing});
  }

  /** Whether a message has arrived before; it is remembered. */
  #isKnown(id: string): boolean {
    if (this.#arrived.has(id)) return true;
    this.#arrived.add(id);
    dropOldest(this.#arrived, MOST_IDS);
    return false;
  }

  async #wrapped(
    number: string,
    content: Omit<Parameters<typeof writeCpim>[0], 'from' | 'to'>,
  ): Promise<boolean> {
    const [from, to] = [this.#host.options.user, number].map((each) => this.#agent.addressOf(each));
    const body = writeCpim({...content, from: from!, to: to!});
    const onUnsupported = (types: readonly string[]): void =>
      this.#accepted.learn(
        number,
        types.filter((type) => type !== CPIM_TYPE),
      );
    return this.#agent.message(number, body, CPIM_TYPE, onUnsupported);
  }
}
