import {durations} from '../../durations.js';

/** The number of parts of the wait: when a computer wakes from sleep, only one of them has elapsed. */
const PARTS = 4;

/** Ends a call whose lost media do not come back, counting only time with a connection to the server. */
export class LossTimer {
  readonly #onEnd: () => void;
  #lost = false;
  #suspended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Sets whether expected media are lost. */
  follow(lost: boolean): void {
    this.#lost = lost;
    this.#refresh();
  }

  /** Pauses while the connection to the server is lost: only with a connection can media recover. */
  suspend(suspended: boolean): void {
    this.#suspended = suspended;
    this.#refresh();
  }

  #refresh(): void {
    if (this.#lost && !this.#suspended) this.#timer ??= this.#wait(PARTS);
    else {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  #wait(parts: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      if (parts > 1) this.#timer = this.#wait(parts - 1);
      else this.#onEnd();
    }, durations.mediaLoss / PARTS);
  }
}
