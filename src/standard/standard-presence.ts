import type {CallServiceHost} from '../core/client/call-service.js';
import type {PersonState, PresenceService} from '../core/directory/people.js';
import {logOf} from '../sip/log.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {Lamp} from './lamp.js';

/** The number of event packages per lamp. */
const PACKAGES = 2;

/**
 * Responses of a server that does not support SUBSCRIBE or the event package (RFC 6665 §4.2.1.1, RFC 3261 §21.4.6,
 * §21.5.2).
 */
const UNABLE: ReadonlySet<number> = new Set([405, 489, 501]);

interface Watched {
  readonly lamp: Lamp;
  /** The number of watchers. */
  count: number;
}

/** Reports the states of the numbers that a page watches, with two subscriptions per number. */
export class StandardPresence implements PresenceService {
  readonly #host: CallServiceHost;
  readonly #subscribe: (request: SubscriptionRequest) => RunningSubscription;
  readonly #onAbility: (able: boolean) => void;
  readonly #watched = new Map<string, Watched>();
  /** The event packages that the server does not support; any other response shows that it supports one. */
  readonly #unknown = new Set<string>();
  #answers = false;
  #registered = false;
  /** Whether the server supports presence; undefined until known. */
  #able: boolean | undefined;

  /**
   * @param subscribe - Works like `SipUserAgent.subscribe`.
   * @param onAbility - Called when the server turns out not to support presence, and when it does after all.
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

  dialogsOf(number: string): readonly Element[] {
    return this.#watched.get(number)?.lamp.dialogs ?? [];
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

  /** Subscribes after registration: the server now knows the account. */
  registered(): void {
    this.#registered = true;
    this.#lightAll();
  }

  /** Ends all subscriptions: the connection is given up. */
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

  /** Ends all subscriptions except one, which checks again with the next connection. */
  #quenchOthers(): void {
    // Waiting subscriptions end first, before they get their turn.
    const [, ...others] = this.#watched.values();
    for (const {lamp} of others.reverse()) lamp.quench();
  }

  #lightAll(): void {
    const all = [...this.#watched.values()];
    try {
      for (const {lamp} of this.#able === false ? all.slice(0, 1) : all) lamp.light();
    } catch {
      // Not connected at the moment: the next registration subscribes.
    }
  }
}
