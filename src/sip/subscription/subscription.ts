import type {
  IncomingNotifyRequest,
  IncomingResponseMessage,
  OutgoingRequestMessage,
  OutgoingSubscribeRequest,
  Subscription as Usage,
  URI,
  UserAgentCore,
} from '../sip-js.js';
import {askedDelay, type ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import type {Authentication} from '../auth/authentication.js';
import type {Log} from '../log.js';
import {readFinalResponse} from '../headers/final-response.js';
import type {Semaphore} from './semaphore.js';
import {allowsAnother, readSubscriptionState, type SubscriptionState} from './subscription-state.js';
import {sipDurations} from '../../durations/sip.js';

/** A subscription to request, and its callbacks. */
export interface SubscriptionRequest {
  /** The number whose state is subscribed to. */
  readonly number: string;
  /** A SIP URI to subscribe to instead of the number. */
  readonly address?: string;
  /** Whether another side supplied the number, as it does each address: it may get no credentials. */
  readonly isSupplied?: boolean;
  /** The event package, such as `dialog`. */
  readonly event: string;
  /** The media type of the documents. */
  readonly accept: string;
  /** A document arrived. */
  onDocument(contentType: string, body: string): void;
  /** Earlier documents are void: the subscription was `refused`, lost, or starts again. */
  onReset(refused: boolean): void;
  /** A SUBSCRIBE was answered with the status. */
  onAnswer?(status: number): void;
  /** Whether it waits for other patient subscriptions to be answered, being one of many. */
  readonly patient?: boolean;
}

/** Options of a subscription. */
export interface SubscriptionOptions extends SubscriptionRequest {
  readonly target: URI;
  readonly core: UserAgentCore;
  /** Called with each request to an address that another side supplied. */
  readonly guard: (request: OutgoingRequestMessage) => void;
  readonly authentication: Authentication;
  readonly policy: ReconnectPolicy;
  readonly log: Log;
  readonly semaphore: Semaphore;
}

/** The requested lifetime, in seconds: a subscription that survives a lost connection ends soon. */
const EXPIRES_S = 600;
/** The longest lifetime that a server may require, in seconds. */
const LONGEST_EXPIRES_S = 86_400;
/**
 * One subscription (RFC 6665 §4.1), kept up: refreshed before it expires, and started again if the server ended it and
 * allows that, or if it was lost.
 *
 * ```
 * resting ── start() ──► asking ── NOTIFY ──► active ──► refreshed …
 *    ▲ ▲                   │                     │
 *    │ └── suspend() ──────┴─────────────────────┤
 *    └── later ◄── 408, 5xx, lost, terminated ───┴── 403, 404, 489, rejected, noresource ──► refused
 * ```
 */
export class Subscription {
  readonly #options: SubscriptionOptions;
  /** Identifies the current attempt; undefined while there is none. */
  #life: object | undefined;
  #request: OutgoingSubscribeRequest | undefined;
  #usage: Usage | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Lets the next subscription ask. */
  #release: (() => void) | undefined;
  #expires = EXPIRES_S;
  #attempt = 0;
  /** When this life began, and when the full state was requested last, by the page's clock. */
  #since = 0;
  #askedAt = -Infinity;
  #refused = false;
  #stopped = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Starts the subscription, unless it has started, was refused or stopped. */
  start(): void {
    if (this.#life || this.#refused || this.#stopped) return;
    clearTimeout(this.#timer);
    const life = (this.#life = {});
    this.#since = performance.now();
    const failed = (): void => {
      if (this.#life === life) this.#later(0);
    };
    this.#options.authentication.ensure().then(() => {
      if (this.#life !== life) return;
      if (this.#options.patient) this.#release = this.#options.semaphore.acquire(() => this.#ask());
      else this.#ask();
    }, failed);
  }

  /** Handles the loss of the connection: the subscription rests until `resume`. */
  suspend(): void {
    this.#drop();
  }

  /** Handles the return of the connection: subscribes again, even if refused before, as the server may be another. */
  resume(): void {
    this.#refused = false;
    this.#attempt = 0;
    this.start();
  }

  /** Requests the full state; repeated calls within a short time are ignored. */
  refresh(): void {
    if (performance.now() - this.#askedAt > sipDurations.fullStateAgain) this.#refresh();
  }

  /** Ends the subscription for good, and unsubscribes at the server. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const usage = this.#usage;
    if (usage) {
      // Later NOTIFYs are ignored.
      usage.delegate = undefined;
      this.#usage = undefined;
      usage.unsubscribe().delegate = {onReject: () => usage.dispose()};
    }
    this.#drop();
  }

  #ask(): void {
    const life = this.#life;
    const {core, target, event, accept} = this.#options;
    const {aor, contact} = core.configuration;
    const message = core.makeOutgoingRequestMessage('SUBSCRIBE', target, aor, target, {}, [
      `Event: ${event}`,
      `Expires: ${this.#expires}`,
      `Accept: ${accept}`,
      `Contact: ${contact.toString()}`,
    ]);
    const {address, isSupplied = address !== undefined, guard} = this.#options;
    if (isSupplied) guard(message);
    // Responses to a past attempt are too late.
    const refuse = ({message}: {message: IncomingResponseMessage}): void => {
      if (this.#life === life) this.#fail(message);
    };
    this.#request = core.subscribe(message, {
      onAccept: ({message}) => {
        const {status, expires} = readFinalResponse(message, undefined, this.#expires);
        if (this.#life === life) {
          this.#release?.();
          this.#granted(expires);
        }
        this.#options.onAnswer?.(status);
      },
      onReject: refuse,
      onRedirect: refuse,
      onNotify: ({request, subscription}) => {
        this.#usage = subscription;
        if (subscription)
          subscription.delegate = {
            onNotify: (notify) => this.#notified(notify),
            // A refresh got no response.
            onTerminated: () => this.#later(0),
          };
        this.#notified(request);
      },
      onNotifyTimeout: () => this.#later(0),
    });
  }

  #notified(request: IncomingNotifyRequest): void {
    const {message} = request;
    request.accept();
    const state = readSubscriptionState(message.getHeader('subscription-state') ?? '');
    if (message.body) this.#options.onDocument(message.getHeader('content-type') ?? '', message.body);
    if (state.name === 'terminated') this.#terminated(state);
    else if (state.expires) this.#granted(state.expires);
  }

  /** Handles the end by the server; with `invariant`, the last state stays valid (RFC 6665 §4.1.3). */
  #terminated(state: SubscriptionState): void {
    const {log, event, number} = this.#options;
    log('info', `the subscription to ${event} of ${number} was ended: ${state.reason || 'no reason'}`);
    if (allowsAnother(state)) return this.#later(askedDelay(state.retryAfter));
    this.#refused = true;
    if (state.reason !== 'invariant') return this.#drop();
    this.#release?.();
    this.#life = this.#request = this.#usage = undefined;
  }

  #fail(message: IncomingResponseMessage): void {
    const {status, minExpires, retryAfter = 0} = readFinalResponse(message, undefined, this.#expires);
    const {log, event, number} = this.#options;
    log('info', `SUBSCRIBE for ${event} of ${number} was answered with ${status}`);
    // The callback may stop the subscription.
    this.#options.onAnswer?.(status);
    if (this.#stopped) return;
    if (status === 423 && minExpires && minExpires > this.#expires && minExpires <= LONGEST_EXPIRES_S) {
      this.#expires = minExpires;
      this.#later(0);
    } else if (passes(status)) this.#later(askedDelay(retryAfter));
    else {
      this.#refused = true;
      this.#drop();
    }
  }

  /**
   * Schedules the refresh of a subscription granted for the given seconds, leaving half of a short time for the
   * refresh, a fifth of a long one.
   */
  #granted(expires: number): void {
    if (!this.#life) return;
    clearTimeout(this.#timer);
    const seconds = Math.min(expires, LONGEST_EXPIRES_S) * (expires <= 120 ? 0.5 : 0.8);
    this.#timer = setTimeout(() => this.#refresh(), Math.max(seconds, 1) * 1_000);
  }

  #refresh(): void {
    const usage = this.#usage;
    // The first NOTIFY has not arrived yet.
    if (!usage) return;
    this.#askedAt = performance.now();
    const fail = ({message}: {message: IncomingResponseMessage}): void => {
      if (this.#usage === usage) this.#fail(message);
    };
    usage.refresh().delegate = {
      onAccept: ({message}) => {
        if (this.#usage === usage)
          this.#granted(readFinalResponse(message, undefined, this.#expires).expires);
      },
      onReject: fail,
      onRedirect: fail,
    };
  }

  /**
   * Starts again: at once after a long-lived subscription, otherwise with growing delays; at the earliest after `wait`
   * milliseconds.
   */
  #later(wait: number): void {
    const lived = performance.now() - this.#since;
    this.#attempt = lived > sipDurations.steadySubscription ? 0 : this.#attempt + 1;
    this.#drop();
    const delay = this.#options.policy.nextDelay(this.#attempt) ?? LONGEST_EXPIRES_S * 1_000;
    this.#timer = setTimeout(() => this.start(), Math.min(Math.max(delay, wait), LONGEST_EXPIRES_S * 1_000));
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#release?.();
    this.#life = undefined;
    this.#request?.waitNotifyStop();
    this.#usage?.dispose();
    this.#request = this.#usage = undefined;
    this.#options.onReset(this.#refused);
  }
}

/**
 * Whether a refusal may be temporary: not if the event, number or permission is missing, nor the 480 of a phone that is
 * asked directly.
 */
function passes(status: number): boolean {
  return status === 408 || status === 481 || (status >= 500 && status < 600 && status !== 501);
}
