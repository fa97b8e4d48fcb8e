import {sharedDurations} from '../../durations/shared.js';

/** After so many returns that have failed, the wait for the next one no longer grows. */
const MOST_DOUBLED = 4;

/**
 * Plans the returns from another server to the first one. The wait doubles with each return that has failed, and is random
 * within its upper half, so that the clients of a server that is back do not all return at once.
 */
export class ServerReturn {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  /** Plans the next return, in place of the one that is planned. */
  plan(begin: () => void): void {
    this.cancel();
    const longest = sharedDurations.serverReturn * 2 ** Math.min(this.#failures, MOST_DOUBLED);
    this.#timer = setTimeout(begin, longest * (1 - Math.random() / 2));
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  /** Notes that a return begins: it counts as failed until `reset`. */
  begin(): void {
    this.#failures += 1;
  }

  /** Notes that the first server serves. */
  reset(): void {
    this.#failures = 0;
  }
}
