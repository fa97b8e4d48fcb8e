/** A text of the page's that is another one for a while. What the page makes of it meanwhile is what comes back. */
export class Borrowed {
  readonly #read: () => string | null;
  readonly #write: (text: string | null) => void;
  /** What the page wants it to be; null where there is none. */
  #own: string | null;
  /** What it was when it was last looked at. */
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

  /** @param text - The page's own where there is none. */
  #put(text: string | undefined): void {
    const now = this.#read();
    if (now !== this.#seen) this.#own = now;
    const next = text ?? this.#own;
    if (next !== now) this.#write(next);
    this.#seen = this.#read();
  }
}
