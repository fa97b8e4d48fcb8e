import {Leg} from './leg.js';

/** Makes the legs of all calls, and knows which are open. */
export class MediaServer {
  readonly #addresses: readonly string[];
  readonly #legs = new Set<Leg>();

  /** @param addresses - Where media are offered, see `mediaAddresses`. */
  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
  }

  /** How many legs are open. */
  get size(): number {
    return this.#legs.size;
  }

  /** Makes a leg; whoever asked for it closes it. */
  createLeg(): Leg {
    const leg = new Leg(this.#addresses, (closed) => this.#legs.delete(closed));
    this.#legs.add(leg);
    return leg;
  }

  /** Closes all legs. */
  async close(): Promise<void> {
    await Promise.all([...this.#legs].map((leg) => leg.close()));
  }
}
