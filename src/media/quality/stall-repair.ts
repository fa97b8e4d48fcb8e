import {mediaDurations} from '../../durations/media.js';
import type {CallStall} from '../types.js';

/**
 * How often ICE is restarted until media have arrived for a while; once if it is unknown whether the other side sends.
 */
const ATTEMPTS = {disconnected: 5, lost: 5, encryption: 5, unknown: 1} as const;

const isMended = (cause: CallStall['cause']): cause is keyof typeof ATTEMPTS => cause in ATTEMPTS;

/**
 * Restarts ICE when media stall although ICE reports a connection: after twice the time on each attempt, until media
 * arrive.
 */
export class StallRepair {
  readonly #restartIce: () => void;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when media have arrived. */
  #flowing: number | undefined;
  /** Whether ICE has been restarted as often as it may, and media still stall. */
  vain = false;

  constructor(restartIce: () => void) {
    this.#restartIce = restartIce;
  }

  /** @param stall - Undefined while media arrive, or need not arrive. */
  follow(stall: CallStall | undefined): void {
    this.vain = false;
    if (stall) {
      this.#flowing = undefined;
      if (isMended(stall.cause)) this.#wait(ATTEMPTS[stall.cause]);
      else this.stop();
      return;
    }
    this.stop();
    const now = performance.now();
    this.#flowing ??= now;
    if (now - this.#flowing > mediaDurations.steadyMedia) this.#attempts = 0;
  }

  /** Cancels the next restart; idempotent. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(attempts: number): void {
    this.vain = this.#attempts >= attempts;
    if (this.vain) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#attempts += 1;
        this.#restartIce();
      },
      mediaDurations.stallRepair * 2 ** this.#attempts,
    );
  }
}
