/** The wait before another attempt to reconnect, which ends early when the network is back, or on request. */
export class AttemptPause {
  #end: (() => void) | undefined;

  /** Resolves after the delay, in milliseconds, or when the wait is ended. */
  async wait(delay: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        this.#end = undefined;
        resolve();
      };
      const timer = setTimeout(done, delay);
      window.addEventListener('online', done);
      this.#end = done;
    });
  }

  /** Ends the wait; does nothing if there is none. */
  end(): void {
    this.#end?.();
  }
}
