import type {ReactiveControllerHost} from 'lit';

/** Code that an element loads when it first needs it; the element works without. */
export class LazyModule<T> {
  readonly #host: ReactiveControllerHost;
  readonly #import: () => Promise<T>;
  #value: T | undefined;
  #loading: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost, load: () => Promise<T>) {
    this.#host = host;
    this.#import = load;
  }

  /** What was loaded; undefined until then. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Loads the code if needed, and then updates the host. If loading fails, the next call tries again. */
  load(): T | undefined {
    this.#loading ??= this.#import().then(
      (value) => {
        this.#value = value;
        this.#host.requestUpdate();
      },
      () => (this.#loading = undefined),
    );
    return this.#value;
  }
}
