import {randomBytes} from 'node:crypto';
import {
  Dialog,
  NameAddrHeader,
  SubscribeUserAgentServer,
  type Body,
  type IncomingRequestMessage,
  type IncomingSubscribeRequest,
  type UserAgentCore,
} from 'sip.js/lib/core/index.js';
import {userOf} from './uri.js';

/** The longest time that is granted, and the one of a client that asks for none, in seconds. */
const LONGEST = 3_600;

/** A token (RFC 3261 §25.1). */
const TOKEN = /^[\w.!%*+`'~-]+$/;

/** What a client subscribes to (RFC 6665). */
export interface SubscriptionAsked {
  /** The subscriber's number. */
  readonly from: string;
  /** The number that the documents are about. */
  readonly to: string;
  /** The event package, in lower case. */
  readonly event: string;
  /** What tells it from others of its dialog, as a parameter of the event; empty if the client gave none. */
  readonly id: string;
}

/** What a subscription needs of its connection. */
export interface SubscriptionSurroundings {
  readonly core: UserAgentCore;
  readonly contact: string;
  /** Aborted when the WebSocket has closed. */
  readonly closed: AbortSignal;
  /** Called when it has ended. */
  over(subscription: Subscription): void;
}

/** Why a subscription ends (RFC 6665 §4.1.3): its time is over, or its user no longer has the WebSocket. */
type SubscriptionEnd = 'timeout' | 'deactivated';

/** A client's subscription: the server's side of its dialog. It ends with the WebSocket. */
export class Subscription extends Dialog {
  readonly asked: SubscriptionAsked;
  /** Called after each SUBSCRIBE, to send the document; and once it has ended. */
  onRefresh: () => void = () => undefined;
  onEnded: () => void = () => undefined;
  /** Called once its client has answered a NOTIFY. */
  onAnswered: () => void = () => undefined;
  readonly #around: SubscriptionSurroundings;
  #timer: NodeJS.Timeout | undefined;
  /** When it ends, in milliseconds of `performance.now()`; 0 for the next NOTIFY. */
  #endsAt = 0;
  #ended = false;
  /** Whether its client has not answered the last NOTIFY. */
  #unanswered = false;

  /** Reads what a SUBSCRIBE outside dialogs asks for. */
  static read({message}: IncomingSubscribeRequest): SubscriptionAsked {
    const [event = '', ...parameters] = (message.getHeader('event') ?? '').split(';');
    const id = parameters
      .map((parameter) => parameter.split('=').map((part) => part.trim()))
      .find(([name]) => name?.toLowerCase() === 'id')?.[1];
    return {
      from: userOf(message.from.uri),
      to: message.ruri ? userOf(message.ruri) : '',
      event: event.trim().toLowerCase(),
      id: id !== undefined && TOKEN.test(id) ? id : '',
    };
  }

  /** Whether a SUBSCRIBE says where its NOTIFYs go: a dialog cannot begin without. */
  static isReachable({message}: IncomingSubscribeRequest): boolean {
    return message.parseHeader('contact') instanceof NameAddrHeader;
  }

  /** Accepts a SUBSCRIBE that `isReachable`; `onRefresh` must be called next. */
  constructor(request: IncomingSubscribeRequest, around: SubscriptionSurroundings) {
    const toTag = randomBytes(8).toString('hex');
    super(around.core, Dialog.initialDialogStateForUserAgentServer(request.message, toTag));
    this.asked = Subscription.read(request);
    this.#around = around;
    around.closed.addEventListener('abort', this.#finish, {once: true});
    this.#accept(request, toTag);
  }

  /** Handles a SUBSCRIBE that refreshes or ends it. */
  override receiveRequest(message: IncomingRequestMessage): void {
    if (message.method === 'ACK' || !this.sequenceGuard(message)) return;
    super.receiveRequest(message);
    const request = new SubscribeUserAgentServer(this.core, message) as IncomingSubscribeRequest;
    if (message.method !== 'SUBSCRIBE') return void request.reject({statusCode: 405});
    this.#accept(request);
    this.onRefresh();
  }

  /** Whether a document waits until its client has answered the last one; the last of all never does. */
  get waits(): boolean {
    return this.#unanswered && this.#endsAt > 0;
  }

  /** Sends a document; the last one if it was ended. */
  notify(contentType: string, content: string): void {
    const left = this.#endsAt && Math.max(1, Math.ceil((this.#endsAt - performance.now()) / 1_000));
    const body = {contentDisposition: 'render', contentType, content};
    if (left > 0) this.#send(`active;expires=${left}`, body);
    else this.end('timeout', body);
  }

  /** Ends it with a last NOTIFY. Idempotent. */
  end(reason: SubscriptionEnd, body?: Body): void {
    this.#send(`terminated;reason=${reason}`, body);
    this.#finish();
  }

  #send(state: string, body?: Body): void {
    if (this.#ended) return;
    const {event, id} = this.asked;
    const extraHeaders = [
      `Event: ${event}${id && `;id=${id}`}`,
      `Subscription-State: ${state}`,
      `Contact: ${this.#around.contact}`,
    ];
    const over = this.#finish;
    const message = this.createOutgoingRequestMessage('NOTIFY', {extraHeaders, ...(body && {body})});
    this.#unanswered = true;
    const answered = (): void => {
      this.#unanswered = false;
      if (!this.#ended) this.onAnswered();
    };
    this.core.request(message, {onAccept: answered, onReject: over, onRedirect: over});
  }

  #accept(request: IncomingSubscribeRequest, toTag?: string): void {
    const header = request.message.getHeader('expires') ?? '';
    // A server may grant less than it is asked for, and never more (RFC 6665 §4.2.1.1).
    const expires = /^\d+$/.test(header) ? Math.min(LONGEST, Number(header)) : LONGEST;
    this.#endsAt = expires && performance.now() + expires * 1_000;
    clearTimeout(this.#timer);
    if (expires > 0) this.#timer = setTimeout(() => this.end('timeout'), expires * 1_000);
    request.accept({
      statusCode: 200,
      extraHeaders: [`Expires: ${expires}`, `Contact: ${this.#around.contact}`],
      ...(toTag !== undefined && {toTag}),
    });
  }

  readonly #finish = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#around.closed.removeEventListener('abort', this.#finish);
    this.dispose();
    this.#around.over(this);
    this.onEnded();
  };
}
