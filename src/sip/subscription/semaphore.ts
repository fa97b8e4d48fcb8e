/** Limits how many tasks run at a time, in the order of arrival. */
export class Semaphore {
  readonly #waiting = new Set<() => void>();
  #free: number;
  #closed = false;

  /** @param atOnce - The maximum number of running tasks. */
  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Runs `begin` once fewer tasks run. Returns an idempotent function that ends the task, or gives up waiting. */
  acquire(begin: () => void): () => void {
    let ended = false;
    const start = (): void => {
      this.#free -= 1;
      begin();
    };
    if (this.#free > 0) start();
    else this.#waiting.add(start);
    return () => {
      if (ended) return;
      ended = true;
      if (this.#waiting.delete(start)) return;
      this.#free += 1;
      const [next] = this.#waiting;
      if (!next || this.#closed) return;
      this.#waiting.delete(next);
      next();
    };
  }

  /** Ends many tasks at once by `release`, without beginning the waiting ones among them. */
  releaseAll(release: () => void): void {
    this.#closed = true;
    try {
      release();
    } finally {
      this.#closed = false;
    }
  }
}
