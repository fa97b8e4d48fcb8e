import {Semaphore} from './semaphore.js';
import {Subscription, type SubscriptionOptions} from './subscription.js';

/**
 * How many SUBSCRIBEs of patient subscriptions may await an answer at a time: a directory of hundreds must not flood a
 * server.
 */
const AT_ONCE = 6;

/** The subscriptions of one connection. */
export class Subscriptions {
  readonly #all = new Set<Subscription>();
  readonly #semaphore = new Semaphore(AT_ONCE);

  /** Starts a subscription; returns a handle that ends it. */
  begin(options: Omit<SubscriptionOptions, 'semaphore'>): RunningSubscription {
    const subscription = new Subscription({...options, semaphore: this.#semaphore});
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

  /** Handles the loss of the connection. */
  suspend(): void {
    this.#semaphore.releaseAll(() => {
      for (const subscription of this.#all) subscription.suspend();
    });
  }

  /** Handles the return of the connection. */
  resume(): void {
    for (const subscription of this.#all) subscription.resume();
  }

  /** Ends all subscriptions, and unsubscribes if the server can be reached. */
  stop(): void {
    this.#semaphore.releaseAll(() => {
      for (const subscription of this.#all) subscription.stop();
    });
    this.#all.clear();
  }
}

/** A running subscription, which is kept up. */
export interface RunningSubscription {
  /** Requests the full state, in case something was missed. */
  refresh(): void;
  /** Ends the subscription; idempotent. */
  stop(): void;
}
