/** Replaces a text of the page temporarily. A value that the page sets meanwhile is the one restored. */
export class Borrowed {
  readonly #read: () => string | null;
  readonly #write: (text: string | null) => void;
  /** The value that the page wants; null if it has none. */
  #own: string | null;
  /** The value when it was last read. */
  #seen: string | null;

  constructor(read: () => string | null, write: (text: string | null) => void) {
    this.#read = read;
    this.#write = write;
    this.#own = this.#seen = read();
  }

  show(text: string): void {
    this.#put(text);
  }

  giveBack(): void {
    this.#put(undefined);
  }

  /** @param text - The text to show; undefined restores the page's own. */
  #put(text: string | undefined): void {
    const now = this.#read();
    if (now !== this.#seen) this.#own = now;
    const next = text ?? this.#own;
    if (next !== now) this.#write(next);
    this.#seen = this.#read();
  }
}
