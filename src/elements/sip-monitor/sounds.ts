/** Whose sound is on, by the keys of the tiles: one at a time, unless several are wanted. */
export class Sounds {
  readonly #keys = new Set<string>();
  #together = false;

  /** Whether several may sound at once. */
  get together(): boolean {
    return this.#together;
  }

  /** Lets several sound at once; otherwise the one alone that was turned on last. */
  set together(together: boolean) {
    this.#together = together;
    const last = [...this.#keys].at(-1);
    if (!together && last !== undefined) this.turnOn(last);
  }

  /** How many sound. */
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
