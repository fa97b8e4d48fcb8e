/** The wait before another attempt to reconnect: no longer than until the network is back, or somebody asks for it. */
export class AttemptPause {
  #end: (() => void) | undefined;

  /** Resolves when the delay is over, in milliseconds, or the wait is ended. */
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

  /** Ends the wait; does nothing where nobody waits. */
  end(): void {
    this.#end?.();
  }
}
