import {Subscription, type SubscriptionOptions} from './subscription.js';
import {Turns} from './turns.js';

/** How many SUBSCRIBEs of the patient ones wait for an answer at a time: a directory of hundreds is no reason to flood a server. */
const AT_ONCE = 6;

/** The subscriptions of one connection. */
export class Subscriptions {
  readonly #all = new Set<Subscription>();
  readonly #turns = new Turns(AT_ONCE);

  /** Begins one; gives back what ends it. */
  begin(using: Omit<SubscriptionOptions, 'turns'>): RunningSubscription {
    const subscription = new Subscription({...using, turns: this.#turns});
    this.#all.add(subscription);
    subscription.start();
    return {
      refresh: () => subscription.refresh(),
      stop: () => {
        this.#all.delete(subscription);
        subscription.stop();
      },
    };
  }

  /** The connection is lost. */
  suspend(): void {
    this.#turns.leaveAll(() => {
      for (const subscription of this.#all) subscription.suspend();
    });
  }

  /** The connection is back. */
  resume(): void {
    for (const subscription of this.#all) subscription.resume();
  }

  /** Ends all, and tells the server where it can be reached. */
  stop(): void {
    this.#turns.leaveAll(() => {
      for (const subscription of this.#all) subscription.stop();
    });
    this.#all.clear();
  }
}

/** A subscription that is kept up. */
export interface RunningSubscription {
  /** Asks for the whole state, where something was missed. */
  refresh(): void;
  /** Ends it; idempotent. */
  stop(): void;
}
