/** A map whose entries expire. */
export class ExpiringMap<K, V> {
  readonly #lifetime: number;
  readonly #onExpired: (value: V, key: K) => void;
  readonly #entries = new Map<K, {readonly value: V; readonly timer: ReturnType<typeof setTimeout>}>();

  /** @param lifetime - In milliseconds, from the last `set` of a key. */
  constructor(lifetime: number, onExpired: (value: V, key: K) => void = () => {}) {
    this.#lifetime = lifetime;
    this.#onExpired = onExpired;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  set(key: K, value: V): void {
    clearTimeout(this.#entries.get(key)?.timer);
    const timer = setTimeout(() => {
      this.#entries.delete(key);
      this.#onExpired(value, key);
    }, this.#lifetime);
    this.#entries.set(key, {value, timer});
  }

  /** Removes and returns a value; undefined if there is none. */
  take(key: K): V | undefined {
    const entry = this.#entries.get(key);
    clearTimeout(entry?.timer);
    this.#entries.delete(key);
    return entry?.value;
  }

  /** Removes and returns all entries, oldest first. */
  takeAll(): (readonly [K, V])[] {
    const all = [...this.#entries].map(([key, {value, timer}]) => {
      clearTimeout(timer);
      return [key, value] as const;
    });
    this.#entries.clear();
    return all;
  }

  /** The current entries, oldest first. */
  entries(): (readonly [K, V])[] {
    return [...this.#entries].map(([key, {value}]) => [key, value] as const);
  }
}
