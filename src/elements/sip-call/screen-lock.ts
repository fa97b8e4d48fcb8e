/**
 * Keeps the screen awake on request. The browser releases the wake lock when the page is hidden; it is then requested
 * again.
 */
export class ScreenLock {
  #wanted = false;
  #held: WakeLockSentinel | undefined;
  #asking = false;

  set(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) document.addEventListener('visibilitychange', this.#update);
    else document.removeEventListener('visibilitychange', this.#update);
    this.#update();
  }

  readonly #update = (): void => {
    if (!this.#wanted) {
      void this.#held?.release();
      this.#held = undefined;
    } else if (!document.hidden && (this.#held?.released ?? true)) void this.#ask();
  };

  async #ask(): Promise<void> {
    const locks = (navigator as {wakeLock?: WakeLock}).wakeLock;
    if (!locks || this.#asking) return;
    this.#asking = true;
    try {
      this.#held = await locks.request('screen');
    } catch {
      // Refused, for example because the battery is low; requested again when the page is next visible.
      return;
    } finally {
      this.#asking = false;
    }
    if (!this.#wanted) this.#update();
  }
}
