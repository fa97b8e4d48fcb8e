/** Who may have the floor. */
export interface Speaker {
  /** Whether he goes before others: a dispatcher. */
  readonly urgent: boolean;
}

/** How a floor is given. */
export interface FloorOptions {
  /** How long one may have it, in milliseconds. */
  readonly timeout: number;
  /** How many who are not urgent may wait for it. */
  readonly places: number;
  /** Told when somebody else has it, or nobody. */
  onChanged(): void;
}

/**
 * The right to speak, which one has at a time.
 * ```
 * request ──nobody has it, or who is urgent and the holder is not──► granted ──release, leave, timeout──► the next one
 *    ├──a place is free──► queued, the urgent first ──it is his turn──► granted
 *    └──none is──► denied
 * ```
 * Who had it when an urgent one came, or for too long, has lost it and does not wait for it: he asks again.
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

  /** Which place somebody has among those who wait, from 1 on; 0 where he does not. */
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

  /** Gives it back, or waits no more; whether there was anything to give back. */
  release(one: T): boolean {
    if (this.#holder === one) {
      this.#next();
      return true;
    }
    const waited = this.#queue.includes(one);
    this.#queue = this.#queue.filter((other) => other !== one);
    return waited;
  }

  /** Nobody has it any more. */
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
