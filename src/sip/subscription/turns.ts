/** Lets a few do something at a time, in the order in which they came. */
export class Turns {
  readonly #waiting = new Set<() => void>();
  #free: number;
  #closed = false;

  /** @param atOnce - How many. */
  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Begins when it is its turn; what is given back gives the turn to the next one, or gives it up, and is idempotent. */
  take(begin: () => void): () => void {
    let left = false;
    const turn = (): void => {
      this.#free -= 1;
      begin();
    };
    if (this.#free > 0) turn();
    else this.#waiting.add(turn);
    return () => {
      if (left) return;
      left = true;
      if (this.#waiting.delete(turn)) return;
      this.#free += 1;
      const [next] = this.#waiting;
      if (!next || this.#closed) return;
      this.#waiting.delete(next);
      next();
    };
  }

  /** Gives up many at a time, without a turn for those of them who wait. */
  leaveAll(leave: () => void): void {
    this.#closed = true;
    try {
      leave();
    } finally {
      this.#closed = false;
    }
  }
}
