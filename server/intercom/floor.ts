/** A user who may get the floor. */
export interface Speaker {
  /** Whether they have priority: a dispatcher. */
  readonly urgent: boolean;
}

/** Why a speaker lost the floor (3GPP TS 24.380, Floor Revoke). */
export const REVOKE_CAUSE = {timeout: 2, preempted: 4} as const;

/** A speaker who lost the floor, and one of {@link REVOKE_CAUSE}. */
export interface Revocation<T> {
  readonly from: T;
  readonly cause: number;
}

/** How a floor is granted. */
export interface FloorOptions<T> {
  /** How long a speaker may have the floor, in milliseconds. */
  readonly timeout: number;
  /** How many users without priority may wait for the floor. */
  readonly places: number;
  /** Called when the holder of the floor or the queue changed. */
  readonly onChanged: (revocation?: Revocation<T>) => void;
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
  readonly #options: FloorOptions<T>;
  #holder: T | undefined;
  #queue: readonly T[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** When the holder loses the floor, by `performance.now()`. */
  #until = 0;

  constructor(options: FloorOptions<T>) {
    this.#options = options;
  }

  get holder(): T | undefined {
    return this.#holder;
  }

  /** How many users wait for the floor. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** How many seconds the holder may still speak; 0 if there is none. */
  get secondsLeft(): number {
    return this.#holder ? Math.ceil(Math.max(0, this.#until - performance.now()) / 1_000) : 0;
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
      const from = this.#holder;
      this.#queue = this.#queue.filter((other) => other !== one);
      this.#give(one, from && {from, cause: REVOKE_CAUSE.preempted});
      return 'granted';
    }
    if (this.#queue.includes(one)) return 'queued';
    const ordinary = this.#queue.filter(({urgent}) => !urgent);
    const urgent = this.#queue.filter((other) => other.urgent);
    if (!one.urgent && ordinary.length >= this.#options.places) return 'denied';
    this.#queue = one.urgent ? [...urgent, one, ...ordinary] : [...urgent, ...ordinary, one];
    this.#options.onChanged();
    return 'queued';
  }

  /** Gives back the floor, or leaves the queue. Returns whether there was anything to give back. */
  release(one: T): boolean {
    if (this.#holder === one) {
      this.#next();
      return true;
    }
    const waited = this.#queue.includes(one);
    if (waited) {
      this.#queue = this.#queue.filter((other) => other !== one);
      this.#options.onChanged();
    }
    return waited;
  }

  /** Ends the floor; it has no holder afterwards. */
  close(): void {
    clearTimeout(this.#timer);
    this.#holder = undefined;
    this.#queue = [];
  }

  #next(revocation?: Revocation<T>): void {
    const [next, ...others] = this.#queue;
    this.#queue = others;
    this.#give(next, revocation);
  }

  #give(one: T | undefined, revocation?: Revocation<T>): void {
    const {timeout, onChanged} = this.#options;
    clearTimeout(this.#timer);
    this.#holder = one;
    this.#until = performance.now() + timeout;
    if (one) this.#timer = setTimeout(() => this.#next({from: one, cause: REVOKE_CAUSE.timeout}), timeout);
    onChanged(revocation);
  }
}
