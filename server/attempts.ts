/** How many wrong passwords in a row count as typing errors. */
const FREE = 3;
/** How long passwords are ignored after one more failure, and at most, in milliseconds. */
const PAUSE = {first: 1_000, longest: 30_000};
/** After how long failures are forgotten, in milliseconds. */
const MEMORY = 600_000;
/** The most failing users that are remembered. */
const MOST = 10_000;

interface Failures {
  readonly count: number;
  readonly at: number;
}

/** Slows down password guessing. */
export class Attempts {
  readonly #failures = new Map<string, Failures>();

  /** Returns how long the next password is ignored, in milliseconds; 0 if it is checked. */
  wait(who: string, now = Date.now()): number {
    const {count, at} = this.#of(who, now);
    if (count <= FREE) return 0;
    return Math.max(0, at + Math.min(PAUSE.first * 2 ** (count - FREE - 1), PAUSE.longest) - now);
  }

  /** Notes a wrong password. */
  failed(who: string, now = Date.now()): void {
    const count = this.#of(who, now).count + 1;
    this.#failures.delete(who);
    this.#failures.set(who, {count, at: now});
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST) this.#failures.delete(oldest!);
  }

  /** Notes a correct password. */
  succeeded(who: string): void {
    this.#failures.delete(who);
  }

  #of(who: string, now: number): Failures {
    const failures = this.#failures.get(who);
    return failures && now - failures.at < MEMORY ? failures : {count: 0, at: now};
  }
}
