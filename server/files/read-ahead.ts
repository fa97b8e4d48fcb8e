/** Reads items ahead of time, so that they are available when needed. */
export class ReadAhead<T> {
  readonly #most: number;
  readonly #items: T[] = [];
  #read = false;
  #closed = false;
  #wake: () => void = () => undefined;

  /**
   * @param most - How many items are read ahead.
   * @param onError - Called if reading fails, which ends it.
   */
  constructor(source: AsyncIterable<T>, most: number, onError: (error: unknown) => void) {
    this.#most = most;
    this.#pump(source).catch((error: unknown) => {
      if (!this.#closed) onError(error);
      this.#read = true;
    });
  }

  /** Whether the next item is available, or no item follows. */
  get ready(): boolean {
    return this.#items.length > 0 || this.#read;
  }

  /** Whether no item follows. */
  get over(): boolean {
    return this.#items.length === 0 && this.#read;
  }

  /** Returns the next item without removing it. */
  get next(): T | undefined {
    return this.#items[0];
  }

  /** Removes and returns the next item. */
  take(): T | undefined {
    const item = this.#items.shift();
    if (this.#items.length <= this.#most / 2) this.#wake();
    return item;
  }

  /** Stops reading. */
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
