/** The user gestures that allow a page to play sound. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown', 'click'] as const;

/** Calls a function on each user gesture while waiting is on. */
export class GestureWait {
  readonly #onGesture: () => void;
  #listening: AbortController | undefined;

  constructor(onGesture: () => void) {
    this.#onGesture = onGesture;
  }

  /** Starts or stops waiting; idempotent. */
  set(waits: boolean): void {
    if (!waits) {
      this.#listening?.abort();
      this.#listening = undefined;
    } else if (!this.#listening) {
      this.#listening = new AbortController();
      const {signal} = this.#listening;
      for (const type of GESTURES)
        window.addEventListener(type, this.#onGesture, {capture: true, passive: true, signal});
    }
  }
}
