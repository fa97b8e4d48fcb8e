import {Leg, type LegOptions} from './leg.js';
import {Room} from './room.js';

/** Creates the legs of all calls and the rooms of conferences, and tracks which are open. */
export class MediaServer {
  readonly #addresses: readonly string[];
  readonly #legs = new Set<Leg>();
  readonly #rooms = new Set<Room>();

  /** @param addresses - Where media are offered, see `mediaAddresses`. */
  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
  }

  /** The number of open legs. */
  get size(): number {
    return this.#legs.size;
  }

  /** Creates a leg; the caller closes it. */
  createLeg(options?: LegOptions): Leg {
    const leg = new Leg(this.#addresses, (closed) => this.#legs.delete(closed), options);
    this.#legs.add(leg);
    return leg;
  }

  /** Creates a room; the caller closes it. */
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
