import {Leg, type LegOptions} from './leg.js';
import {Room} from './room.js';

/** Makes the legs of all calls and the rooms of conferences, and knows which are open. */
export class MediaServer {
  readonly #addresses: readonly string[];
  readonly #legs = new Set<Leg>();
  readonly #rooms = new Set<Room>();

  /** @param addresses - Where media are offered, see `mediaAddresses`. */
  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
  }

  /** How many legs are open. */
  get size(): number {
    return this.#legs.size;
  }

  /** Makes a leg; whoever asked for it closes it. */
  createLeg(options?: LegOptions): Leg {
    const leg = new Leg(this.#addresses, (closed) => this.#legs.delete(closed), options);
    this.#legs.add(leg);
    return leg;
  }

  /** Makes a room; whoever asked for it closes it. */
  createRoom(): Room {
    const room = new Room((closed) => this.#rooms.delete(closed));
    this.#rooms.add(room);
    return room;
  }

  /** Closes all legs and rooms. */
  async close(): Promise<void> {
    for (const room of [...this.#rooms]) room.close();
    await Promise.all([...this.#legs].map((leg) => leg.close()));
  }
}
