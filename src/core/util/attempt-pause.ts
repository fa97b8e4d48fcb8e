import {whenBack} from './when-back.js';

/** The wait before another attempt, which ends early when the network or the page is back, or on request. */
export class AttemptPause {
  #end: (() => void) | undefined;

  /** Resolves after the delay, in milliseconds, or when the wait is ended or aborted. */
  async wait(delay: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const over = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#end = resolve;
      timer = setTimeout(resolve, delay);
      whenBack(() => resolve(), over.signal);
      signal?.addEventListener('abort', () => resolve(), {signal: over.signal});
    });
    clearTimeout(timer);
    over.abort();
    this.#end = undefined;
  }

  /** Ends the wait; does nothing if there is none. */
  end(): void {
    this.#end?.();
  }
}
