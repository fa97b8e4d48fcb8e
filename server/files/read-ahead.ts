/** Reads something a little ahead of where it is needed, so that it is there in time. */
export class ReadAhead<T> {
  readonly #most: number;
  readonly #items: T[] = [];
  #read = false;
  #closed = false;
  #wake: () => void = () => undefined;

  /**
   * @param most - How many are read ahead.
   * @param onError - Told where reading fails; it ends there.
   */
  constructor(source: AsyncIterable<T>, most: number, onError: (error: unknown) => void) {
    this.#most = most;
    this.#pump(source).catch((error: unknown) => {
      if (!this.#closed) onError(error);
      this.#read = true;
    });
  }

  /** Whether the next one is there, or nothing follows. */
  get ready(): boolean {
    return this.#items.length > 0 || this.#read;
  }

  /** Whether nothing follows. */
  get over(): boolean {
    return this.#items.length === 0 && this.#read;
  }

  /** The next one, which stays. */
  get next(): T | undefined {
    return this.#items[0];
  }

  /** Takes the next one. */
  take(): T | undefined {
    const item = this.#items.shift();
    if (this.#items.length <= this.#most / 2) this.#wake();
    return item;
  }

  /** Reads no further. */
  close(): void {
    this.#closed = true;
    this.#items.length = 0;
    this.#wake();
  }

  async #pump(source: AsyncIterable<T>): Promise<void> {
    for await (const item of source) {
      if (this.#closed) break;
      this.#items.push(item);
      if (this.#items.length >= this.#most) await new Promise<void>((resolve) => (this.#wake = resolve));
      if (this.#closed) break;
    }
    this.#read = true;
  }
}
