/** Limits how many tasks run at a time, in the order of arrival. */
export class Turns {
  readonly #waiting = new Set<() => void>();
  #free: number;
  #closed = false;

  /** @param atOnce - The maximum number of running tasks. */
  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Runs `begin` at its turn. Returns an idempotent function that passes the turn on, or gives up waiting for it. */
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

  /** Lets many tasks leave at once, without giving turns to the waiting ones among them. */
  leaveAll(leave: () => void): void {
    this.#closed = true;
    try {
      leave();
    } finally {
      this.#closed = false;
    }
  }
}
