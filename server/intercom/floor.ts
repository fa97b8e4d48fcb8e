/** A user who may get the floor. */
export interface Speaker {
  /** Whether they have priority: a dispatcher. */
  readonly urgent: boolean;
}

/** How a floor is granted. */
export interface FloorOptions {
  /** How long a speaker may have the floor, in milliseconds. */
  readonly timeout: number;
  /** How many users without priority may wait for the floor. */
  readonly places: number;
  /** Called when the holder of the floor changed. */
  onChanged(): void;
}

/**
 * The right to speak, which only one user has at a time.
 * ```
 * request ──free, or urgent and the holder is not──► granted ──release, leave, timeout──► the next in the queue
 *    ├──a place is free──► queued, the urgent first ──their turn──► granted
 *    └──no place──► denied
 * ```
 * A holder who loses the floor to an urgent user, or by the timeout, is not queued and must request it again.
 */
export class Floor<T extends Speaker> {
  readonly #options: FloorOptions;
  #holder: T | undefined;
  #queue: readonly T[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FloorOptions) {
    this.#options = options;
  }

  get holder(): T | undefined {
    return this.#holder;
  }

  /** Returns a user's place in the queue, from 1 on; 0 if they are not in it. */
  placeOf(one: T): number {
    return this.#queue.indexOf(one) + 1;
  }

  /** Whether a request would be granted at once. */
  isFreeFor(one: Speaker): boolean {
    return !this.#holder || this.#holder === one || (one.urgent && !this.#holder.urgent);
  }

  request(one: T): 'granted' | 'queued' | 'denied' {
    if (this.#holder === one) return 'granted';
    if (this.isFreeFor(one)) {
      this.#queue = this.#queue.filter((other) => other !== one);
      this.#give(one);
      return 'granted';
    }
    if (this.#queue.includes(one)) return 'queued';
    const ordinary = this.#queue.filter(({urgent}) => !urgent);
    const urgent = this.#queue.filter((other) => other.urgent);
    if (!one.urgent && ordinary.length >= this.#options.places) return 'denied';
    this.#queue = one.urgent ? [...urgent, one, ...ordinary] : [...urgent, ...ordinary, one];
    return 'queued';
  }

  /** Gives back the floor, or leaves the queue. Returns whether there was anything to give back. */
  release(one: T): boolean {
    if (this.#holder === one) {
      this.#next();
      return true;
    }
    const waited = this.#queue.includes(one);
    this.#queue = this.#queue.filter((other) => other !== one);
    return waited;
  }

  /** Ends the floor; it has no holder afterwards. */
  close(): void {
    clearTimeout(this.#timer);
    this.#holder = undefined;
    this.#queue = [];
  }

  #next(): void {
    const [next, ...others] = this.#queue;
    this.#queue = others;
    this.#give(next);
  }

  #give(one: T | undefined): void {
    clearTimeout(this.#timer);
    this.#holder = one;
    if (one) this.#timer = setTimeout(() => this.#next(), this.#options.timeout);
    this.#options.onChanged();
  }
}
