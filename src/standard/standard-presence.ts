import type {CallServiceHost} from '../core/server/call-service.js';
import type {PersonState, PresenceService} from '../core/directory/people.js';
import {logOf} from '../sip/log.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {Lamp} from './lamp.js';

/** The event packages that a lamp is lit by. */
const PACKAGES = 2;

/** Answers that mean that a server knows no SUBSCRIBE, or not the event package (RFC 6665 §4.2.1.1, RFC 3261 §21.4.6, §21.5.2). */
const UNABLE: ReadonlySet<number> = new Set([405, 489, 501]);

interface Watched {
  readonly lamp: Lamp;
  /** How many watch it. */
  count: number;
}

/** Tells of the states of numbers that a page watches, by two subscriptions a number. */
export class StandardPresence implements PresenceService {
  readonly #host: CallServiceHost;
  readonly #subscribe: (request: SubscriptionRequest) => RunningSubscription;
  readonly #onAbility: (able: boolean) => void;
  readonly #watched = new Map<string, Watched>();
  /** The event packages that the server does not know; it knows one where it has any other answer. */
  readonly #unknown = new Set<string>();
  #answers = false;
  #registered = false;
  /** Whether the server tells of anybody; undefined before it has shown that. */
  #able: boolean | undefined;

  /**
   * @param subscribe - As `SipUserAgent.subscribe`.
   * @param onAbility - Told where the server turns out to know none of it, and where it does after all.
   */
  constructor(
    host: CallServiceHost,
    subscribe: (request: SubscriptionRequest) => RunningSubscription,
    onAbility: (able: boolean) => void,
  ) {
    this.#host = host;
    this.#subscribe = subscribe;
    this.#onAbility = onAbility;
  }

  stateOf(number: string): PersonState | undefined {
    return this.#watched.get(number)?.lamp.state;
  }

  watch(number: string): void {
    const watched = this.#watched.get(number);
    if (watched) return void (watched.count += 1);
    const lamp = new Lamp({
      number,
      log: logOf(this.#host.options.log, 'sip'),
      subscribe: this.#subscribe,
      onChange: (state) => this.#host.personChanged(number, state),
      onAnswer: (event, status) => this.#answered(event, status),
    });
    this.#watched.set(number, {lamp, count: 1});
    if (this.#registered) this.#lightAll();
  }

  unwatch(number: string): void {
    const watched = this.#watched.get(number);
    if (!watched || (watched.count -= 1)) return;
    this.#watched.delete(number);
    watched.lamp.quench();
  }

  /** The server knows who asks. */
  registered(): void {
    this.#registered = true;
    this.#lightAll();
  }

  /** The connection is given up. */
  disconnected(): void {
    this.#registered = false;
    this.#unknown.clear();
    this.#answers = false;
    this.#setAble(undefined);
    for (const {lamp} of this.#watched.values()) lamp.quench();
  }

  #answered(event: string, status: number): void {
    if (UNABLE.has(status)) this.#unknown.add(event);
    else this.#answers = true;
    if (status < 300) this.#setAble(true);
    else if (this.#unknown.size === PACKAGES && !this.#answers) this.#setAble(false);
  }

  #setAble(able: boolean | undefined): void {
    const before = this.#able;
    if (able === before) return;
    this.#able = able;
    if (able === false) this.#quenchOthers();
    else if (before === false && this.#registered) this.#lightAll();
    if (able === false || before === false) this.#onAbility(able !== false);
  }

  /** Nobody is asked in vain: one alone asks again with the next connection. */
  #quenchOthers(): void {
    // Those who wait for their turn come first, before it is theirs.
    const [, ...others] = this.#watched.values();
    for (const {lamp} of others.reverse()) lamp.quench();
  }

  #lightAll(): void {
    const all = [...this.#watched.values()];
    try {
      for (const {lamp} of this.#able === false ? all.slice(0, 1) : all) lamp.light();
    } catch {
      // No connection, for the moment: the next registration lights it.
    }
  }
}
