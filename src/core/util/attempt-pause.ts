import {pause} from '../../within.js';
import {whenBack} from './when-back.js';

/** The wait before another attempt, which ends early when the network or the page is back, or on request. */
export class AttemptPause {
  #end: (() => void) | undefined;

  /** Resolves after the delay, in milliseconds, or when the wait is ended or aborted. */
  async wait(delay: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const over = new AbortController();
    const end = (): void => over.abort();
    this.#end = end;
    whenBack(end, over.signal);
    signal?.addEventListener('abort', end, {signal: over.signal});
    await pause(delay, over.signal);
    end();
    this.#end = undefined;
  }

  /** Ends the wait; does nothing if there is none. */
  end(): void {
    this.#end?.();
  }
}
