import {sipDurations} from '../../durations/sip.js';

/** The number of parts of the wait: when a computer wakes from sleep, only one of them has elapsed. */
const PARTS = 4;

/** The name of the time for which the other side may be lost. */
type Patience = 'mediaLoss' | 'absence';

/** Ends a call whose other side is lost and does not come back, counting only time with a connection to the server. */
export class LossTimer {
  readonly #onEnd: () => void;
  #patience: Patience | undefined;
  #suspended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Sets for how long the other side may be lost, from now on; undefined if it is not. */
  follow(patience: Patience | undefined): void {
    if (patience === this.#patience) return;
    this.#patience = patience;
    this.#begin();
  }

  /** Pauses while the connection to the server is lost: only with a connection can media recover. */
  suspend(suspended: boolean): void {
    if (suspended === this.#suspended) return;
    this.#suspended = suspended;
    this.#begin();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    if (this.#patience && !this.#suspended) this.#wait(sipDurations[this.#patience] / PARTS, PARTS);
  }

  #wait(part: number, parts: number): void {
    this.#timer = setTimeout(() => (parts > 1 ? this.#wait(part, parts - 1) : this.#onEnd()), part);
  }
}
