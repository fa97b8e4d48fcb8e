/** The tiles whose sound is on, by key: one at a time, unless several are allowed. */
export class Sounds {
  readonly #keys = new Set<string>();
  #together = false;

  /** Whether several may sound at once. */
  get together(): boolean {
    return this.#together;
  }

  /** Allows several to sound at once; otherwise only the last one turned on. */
  set together(together: boolean) {
    this.#together = together;
    const last = [...this.#keys].at(-1);
    if (!together && last !== undefined) this.turnOn(last);
  }

  /** The number of tiles whose sound is on. */
  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  turnOn(key: string): void {
    if (!this.#together) this.#keys.clear();
    this.#keys.add(key);
  }

  turnOff(key: string): void {
    this.#keys.delete(key);
  }

  clear(): void {
    this.#keys.clear();
  }
}
