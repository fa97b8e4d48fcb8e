import {durations} from '../durations.js';
import type {CallStall} from './types.js';

/** What another way may mend. */
const MENDED: ReadonlySet<CallStall['cause']> = new Set(['disconnected', 'lost', 'unknown', 'encryption']);

/** How often another way is sought while nothing arrives. */
const ATTEMPTS = 5;

/**
 * Has another way sought for media that stall though ICE calls its way connected: each time after twice the time, until
 * something arrives.
 */
export class StallRepair {
  readonly #seek: () => void;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(seek: () => void) {
    this.#seek = seek;
  }

  /** @param stall - Undefined while something arrives, or nothing need to. */
  follow(stall: CallStall | undefined): void {
    if (stall && MENDED.has(stall.cause)) return this.#wait();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!stall) this.#attempts = 0;
  }

  #wait(): void {
    if (this.#attempts === ATTEMPTS) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#attempts += 1;
        this.#seek();
      },
      durations.stallRepair * 2 ** this.#attempts,
    );
  }
}
