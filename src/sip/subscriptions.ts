import {Subscription, type SubscriptionOptions} from './subscription.js';

/** The subscriptions of one connection. */
export class Subscriptions {
  readonly #all = new Set<Subscription>();

  /** Begins one; gives back what ends it. */
  begin(using: SubscriptionOptions): RunningSubscription {
    const subscription = new Subscription(using);
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
    for (const subscription of this.#all) subscription.suspend();
  }

  /** The connection is back. */
  resume(): void {
    for (const subscription of this.#all) subscription.resume();
  }

  /** Ends all, and tells the server where it can be reached. */
  stop(): void {
    for (const subscription of this.#all) subscription.stop();
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
