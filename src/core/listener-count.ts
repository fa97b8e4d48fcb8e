type Options = boolean | AddEventListenerOptions | undefined;

/** Knows whether anybody listens to one event of a target, so that what is only told there is not found out in vain. */
export class ListenerCount {
  /** Each one's phases (whether it captures), and whether it listens for one time alone there. */
  readonly #listeners = new Map<object, Map<boolean, boolean>>();
  readonly #onChange: (listened: boolean) => void;
  #listened = false;
  #dispatching = false;

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
    const phases = this.#listeners.get(listener) ?? new Map<boolean, boolean>();
    if (phases.has(capture)) return;
    phases.set(capture, once);
    this.#listeners.set(listener, phases);
    signal?.addEventListener('abort', () => this.remove(listener, capture), {once: true});
    this.#tell();
  }

  /** Takes what `removeEventListener` is given. */
  remove(listener: object | null, options: boolean | EventListenerOptions | undefined): void {
    const capture = typeof options === 'object' ? (options.capture ?? false) : (options ?? false);
    const phases = listener ? this.#listeners.get(listener) : undefined;
    if (!listener || !phases?.delete(capture)) return;
    if (!phases.size) this.#listeners.delete(listener);
    this.#tell();
  }

  /** Dispatches the event: who listens for one time alone is gone by then, and may come back meanwhile. */
  dispatch(task: () => void): void {
    this.#dispatching = true;
    for (const [listener, phases] of this.#listeners)
      for (const [capture, once] of phases) if (once) this.remove(listener, capture);
    task();
    this.#dispatching = false;
    this.#tell();
  }

  #tell(): void {
    const listened = this.#listeners.size > 0;
    if (this.#dispatching || listened === this.#listened) return;
    this.#listened = listened;
    this.#onChange(listened);
  }
}
