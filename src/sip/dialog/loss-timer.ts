import {durations} from '../../durations.js';

/** Waited for in so many parts: to a computer that slept only one of them is over when it wakes. */
const PARTS = 4;

/** Ends a call whose media were lost and are not found again, while there was a server to seek them by. */
export class LossTimer {
  readonly #onEnd: () => void;
  #lost = false;
  #suspended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Takes whether media are lost that should be there. */
  follow(lost: boolean): void {
    this.#lost = lost;
    this.#refresh();
  }

  /** The connection is lost, or is back: only then can media be sought, and counts the time. */
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
