import type {CallServiceHost} from '../core/call-service.js';
import type {PersonState, PresenceService} from '../core/people.js';
import {logOf} from '../sip/log.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {Lamp} from './lamp.js';

interface Watched {
  readonly lamp: Lamp;
  /** How many watch it. */
  count: number;
}

/** Tells of the states of numbers that a page watches, by two subscriptions a number. */
export class StandardPresence implements PresenceService {
  readonly #host: CallServiceHost;
  readonly #subscribe: (request: SubscriptionRequest) => RunningSubscription;
  readonly #watched = new Map<string, Watched>();
  #registered = false;

  /** @param subscribe - As `SipUserAgent.subscribe`. */
  constructor(host: CallServiceHost, subscribe: (request: SubscriptionRequest) => RunningSubscription) {
    this.#host = host;
    this.#subscribe = subscribe;
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
    });
    this.#watched.set(number, {lamp, count: 1});
    if (this.#registered) this.#light(lamp);
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
    for (const {lamp} of this.#watched.values()) this.#light(lamp);
  }

  /** The connection is given up. */
  disconnected(): void {
    this.#registered = false;
    for (const {lamp} of this.#watched.values()) lamp.quench();
  }

  #light(lamp: Lamp): void {
    try {
      lamp.light();
    } catch {
      // No connection, for the moment: the next registration lights it.
    }
  }
}
