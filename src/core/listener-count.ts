type Options = boolean | AddEventListenerOptions | undefined;

/** Knows whether anybody listens to one event of a target, so that what is only told there is not found out in vain. */
export class ListenerCount {
  readonly #listeners = new Map<object, Set<boolean>>();
  readonly #once = new Set<() => void>();
  readonly #onChange: (listened: boolean) => void;

  /** @param onChange - Told when the first one comes, and when the last one has gone. */
  constructor(onChange: (listened: boolean) => void) {
    this.#onChange = onChange;
  }

  /** Takes what `addEventListener` is given: the same listener is counted once. */
  add(listener: object | null, options: Options): void {
    const {
      capture = false,
      once = false,
      signal,
    } = typeof options === 'object' ? options : {capture: options};
    if (!listener || signal?.aborted) return;
    const captures = this.#listeners.get(listener) ?? new Set();
    if (captures.has(capture)) return;
    captures.add(capture);
    this.#listeners.set(listener, captures);
    const remove = (): void => this.remove(listener, capture);
    signal?.addEventListener('abort', remove, {once: true});
    if (once) this.#once.add(remove);
    if (this.#listeners.size === 1 && captures.size === 1) this.#onChange(true);
  }

  /** Takes what `removeEventListener` is given. */
  remove(listener: object | null, options: boolean | EventListenerOptions | undefined): void {
    const capture = typeof options === 'object' ? (options.capture ?? false) : (options ?? false);
    const captures = listener ? this.#listeners.get(listener) : undefined;
    if (!listener || !captures?.delete(capture)) return;
    if (!captures.size) this.#listeners.delete(listener);
    if (!this.#listeners.size) this.#onChange(false);
  }

  /** The event was dispatched: who listened for one time alone has gone. */
  dispatched(): void {
    for (const remove of this.#once) remove();
    this.#once.clear();
  }
}
