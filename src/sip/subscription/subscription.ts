import type {URI, UserAgent} from 'sip.js';
import type {
  IncomingNotifyRequest,
  IncomingResponseMessage,
  OutgoingSubscribeRequest,
  Subscription as Usage,
} from 'sip.js/lib/core/index.js';
import type {ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import type {Authentication} from '../auth/authentication.js';
import type {Log} from '../log.js';
import {outcomeOf} from '../registration/registration-outcome.js';
import type {Turns} from './turns.js';
import {allowsAnother, readSubscriptionState, type SubscriptionState} from './subscription-state.js';

/** What is subscribed to, and who is told of it. */
export interface SubscriptionRequest {
  /** Whose state it is. */
  readonly number: string;
  /** A SIP URI to subscribe to instead of the number's own. */
  readonly address?: string;
  /** The event package, as `dialog`. */
  readonly event: string;
  /** The media type of its documents. */
  readonly accept: string;
  /** A document came. */
  onDocument(contentType: string, body: string): void;
  /** What was told before counts no more: it is `refused`, lost, or begins anew. */
  onReset(refused: boolean): void;
  /** A SUBSCRIBE of it was answered with the status. */
  onAnswer?(status: number): void;
  /** It waits for others of its kind that are being answered: it is one of many. */
  readonly patient?: boolean;
}

/** What a subscription works with. */
export interface SubscriptionOptions extends SubscriptionRequest {
  readonly target: URI;
  readonly userAgent: UserAgent;
  readonly authentication: Authentication;
  readonly policy: ReconnectPolicy;
  readonly log: Log;
  readonly turns: Turns;
}

/** How long one is asked for, in seconds: what does not end with a lost connection ends soon. */
const LIFETIME = 600;
/** The longest that a server may ask for, in seconds. */
const LONGEST = 86_400;
/** One that lived for so long, in milliseconds, may begin anew at once. */
const STEADY = 10_000;
/** Between two questions for the whole state, in milliseconds. */
const ASKING_AGAIN = 5_000;

/**
 * One subscription (RFC 6665 §4.1), kept up: refreshed before it expires, begun anew where the server ended it and wants
 * that, or where it got lost.
 *
 * ```
 * resting ── start() ──► asking ── NOTIFY ──► standing ──► refreshed …
 *    ▲ ▲                   │                     │
 *    │ └── suspend() ──────┴─────────────────────┤
 *    └── later ◄── 408, 5xx, lost, terminated ───┴── 403, 404, 489, rejected, noresource ──► refused
 * ```
 */
export class Subscription {
  readonly #with: SubscriptionOptions;
  /** What tells the attempt under way from those before; undefined while there is none. */
  #life: object | undefined;
  #request: OutgoingSubscribeRequest | undefined;
  #usage: Usage | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Lets the next one have its turn. */
  #leave: (() => void) | undefined;
  #expires = LIFETIME;
  #attempt = 0;
  #since = 0;
  #askedAt = 0;
  #refused = false;
  #stopped = false;

  constructor(using: SubscriptionOptions) {
    this.#with = using;
  }

  /** Begins it; does nothing where it has begun, was refused or stopped. */
  start(): void {
    if (this.#life || this.#refused || this.#stopped) return;
    clearTimeout(this.#timer);
    const life = (this.#life = {});
    this.#since = Date.now();
    const failed = (): void => {
      if (this.#life === life) this.#later(0);
    };
    this.#with.authentication.ensure().then(() => {
      if (this.#life !== life) return;
      if (this.#with.patient) this.#leave = this.#with.turns.take(() => this.#ask());
      else this.#ask();
    }, failed);
  }

  /** The connection is lost: nothing is subscribed to until `resume`. */
  suspend(): void {
    this.#drop();
  }

  /** The connection is back, and with it perhaps a server that refuses it no more. */
  resume(): void {
    this.#refused = false;
    this.#attempt = 0;
    this.start();
  }

  /** Asks for the whole state; not again and again, whatever a server makes of it. */
  refresh(): void {
    if (Date.now() - this.#askedAt > ASKING_AGAIN) this.#refresh();
  }

  /** Ends it for good, and tells the server. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const usage = this.#usage;
    if (usage) {
      // What comes yet is taken without a word.
      usage.delegate = undefined;
      this.#usage = undefined;
      usage.unsubscribe().delegate = {onReject: () => usage.dispose()};
    }
    this.#drop();
  }

  #ask(): void {
    const life = this.#life;
    const {userAgent, target, event, accept} = this.#with;
    const core = userAgent.userAgentCore;
    const {uri} = userAgent.configuration;
    const message = core.makeOutgoingRequestMessage('SUBSCRIBE', target, uri, target, {}, [
      `Event: ${event}`,
      `Expires: ${this.#expires}`,
      `Accept: ${accept}`,
      `Contact: ${userAgent.contact.toString()}`,
    ]);
    // What is said of an attempt that is over comes too late.
    const refuse = ({message}: {message: IncomingResponseMessage}): void => {
      if (this.#life === life) this.#fail(message);
    };
    this.#request = core.subscribe(message, {
      onAccept: ({message}) => {
        const {status, expires} = outcomeOf(message, undefined, this.#expires);
        if (this.#life === life) {
          this.#leave?.();
          this.#granted(expires);
        }
        this.#with.onAnswer?.(status);
      },
      onReject: refuse,
      onRedirect: refuse,
      onNotify: ({request, subscription}) => {
        this.#usage = subscription;
        if (subscription)
          subscription.delegate = {
            onNotify: (notify) => this.#notified(notify),
            // Nothing came back of a refresh.
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
    if (message.body) this.#with.onDocument(message.getHeader('content-type') ?? '', message.body);
    if (state.name === 'terminated') this.#terminated(state);
    else if (state.expires) this.#granted(state.expires);
  }

  /** The server ended it; with `invariant` what it told stays true (RFC 6665 §4.1.3). */
  #terminated(state: SubscriptionState): void {
    const {log, event, number} = this.#with;
    log('info', `the subscription to ${event} of ${number} was ended: ${state.reason || 'no reason'}`);
    if (allowsAnother(state)) return this.#later(state.retryAfter * 1_000);
    this.#refused = true;
    if (state.reason !== 'invariant') return this.#drop();
    this.#leave?.();
    this.#life = this.#request = this.#usage = undefined;
  }

  #fail(message: IncomingResponseMessage): void {
    const {status, minExpires, retryAfter = 0} = outcomeOf(message, undefined, this.#expires);
    const {log, event, number} = this.#with;
    log('info', `SUBSCRIBE for ${event} of ${number} was answered with ${status}`);
    // It may be given up for that.
    this.#with.onAnswer?.(status);
    if (this.#stopped) return;
    if (status === 423 && minExpires && minExpires > this.#expires && minExpires <= LONGEST) {
      this.#expires = minExpires;
      this.#later(0);
    } else if (passes(status)) this.#later(retryAfter * 1_000);
    else {
      this.#refused = true;
      this.#drop();
    }
  }

  /** It stands for so many seconds: half of a short time is left for the refresh, a fifth of a long one. */
  #granted(expires: number): void {
    if (!this.#life) return;
    clearTimeout(this.#timer);
    const seconds = Math.min(expires, LONGEST) * (expires <= 120 ? 0.5 : 0.8);
    this.#timer = setTimeout(() => this.#refresh(), Math.max(seconds, 1) * 1_000);
  }

  #refresh(): void {
    const usage = this.#usage;
    // The first NOTIFY is still to come.
    if (!usage) return;
    this.#askedAt = Date.now();
    const fail = ({message}: {message: IncomingResponseMessage}): void => {
      if (this.#usage === usage) this.#fail(message);
    };
    usage.refresh().delegate = {
      onAccept: ({message}) => {
        if (this.#usage === usage) this.#granted(outcomeOf(message, undefined, this.#expires).expires);
      },
      onReject: fail,
      onRedirect: fail,
    };
  }

  /** Begins anew: at once after one that lived, otherwise later and later; not before `wait` milliseconds. */
  #later(wait: number): void {
    const lived = Date.now() - this.#since;
    this.#attempt = lived > STEADY ? 0 : this.#attempt + 1;
    this.#drop();
    const delay = this.#with.policy.nextDelay(this.#attempt, 0) ?? LONGEST * 1_000;
    this.#timer = setTimeout(() => this.start(), Math.min(Math.max(delay, wait), LONGEST * 1_000));
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#leave?.();
    this.#life = undefined;
    this.#request?.waitNotifyStop();
    this.#usage?.dispose();
    this.#request = this.#usage = undefined;
    this.#with.onReset(this.#refused);
  }
}

/** Whether a refusal may pass by itself: no such event, number or right does not, nor 480 of a phone that is asked itself. */
function passes(status: number): boolean {
  return status === 408 || status === 481 || (status >= 500 && status < 600 && status !== 501);
}
