import type {ReactiveControllerHost} from 'lit';

/** Code that elements load when they first need it; they work without it until then. */
export class LazyModule<T> {
  readonly #import: () => Promise<T>;
  readonly #waiting = new Set<ReactiveControllerHost>();
  #value: T | undefined;
  #loading = false;

  constructor(load: () => Promise<T>) {
    this.#import = load;
  }

  /** What was loaded; undefined until then. */
  get value(): T | undefined {
    return this.#value;
  }

  /**
   * Returns the code, or loads it and then updates the host. If loading fails, the next call tries again.
   */
  load(host: ReactiveControllerHost): T | undefined {
    if (this.#value !== undefined) return this.#value;
    this.#waiting.add(host);
    if (!this.#loading) void this.#load();
    return undefined;
  }

  /** Loads the code if needed, and resolves with it. @throws If loading fails; the next call tries again. */
  async wait(): Promise<T> {
    return (this.#value ??= await this.#import());
  }

  async #load(): Promise<void> {
    this.#loading = true;
    const waiting = this.#waiting;
    try {
      this.#value = await this.#import();
      for (const host of waiting) host.requestUpdate();
    } catch {
      // The next update of a host tries again.
    }
    waiting.clear();
    this.#loading = false;
  }
}
