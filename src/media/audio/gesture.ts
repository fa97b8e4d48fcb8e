/** What a user does that lets a page sound. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown', 'click'] as const;

/** Calls a function within each gesture of the user's, while something waits for one. */
export class GestureWait {
  readonly #onGesture: () => void;
  #listening: AbortController | undefined;

  constructor(onGesture: () => void) {
    this.#onGesture = onGesture;
  }

  /** Begins to wait, or ceases to; idempotent. */
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
