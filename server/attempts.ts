/** How many wrong passwords in a row count as typing errors. */
const FREE = 3;
/** How many of all clients at an address do: strangers there must not keep a user out by a few. */
const FREE_AT_ADDRESS = 30;
/** How long passwords are ignored after one more failure, and at most, in milliseconds. */
const PAUSE = {first: 1_000, longest: 30_000};
/** After how long failures are forgotten, in milliseconds. */
const MEMORY = 600_000;
/** The most clients whose failures are remembered, and the most that are known to have logged in. */
const MOST = 10_000;

/** Who gives a password. */
export interface Guesser {
  readonly user: string;
  /** The client's address. */
  readonly remote: string;
  /** Identifies the client's connection. */
  readonly connection: string;
  /** The instance id that the client gives (RFC 5626 §4.1), if any. */
  readonly instance?: string | undefined;
}

interface Failures {
  readonly count: number;
  readonly at: number;
}

/** Slows down password guessing: on each connection, and more patiently at each address. */
export class Attempts {
  readonly #failures = new Map<string, Failures>();
  /** Clients that have given the right password: nobody keeps these out. */
  readonly #known = new Set<string>();

  /** Returns how long the next password is ignored, in milliseconds; 0 if it is checked. */
  wait(who: Guesser, now = performance.now()): number {
    const own = this.#pause(ownKey(who), FREE, now);
    return this.#known.has(clientKey(who))
      ? own
      : Math.max(own, this.#pause(addressKey(who), FREE_AT_ADDRESS, now));
  }

  /** Notes a wrong password. */
  failed(who: Guesser, now = performance.now()): void {
    for (const key of [ownKey(who), addressKey(who)]) {
      const count = this.#of(key, now).count + 1;
      this.#failures.delete(key);
      this.#failures.set(key, {count, at: now});
      const [oldest] = this.#failures.keys();
      if (this.#failures.size > MOST) this.#failures.delete(oldest!);
    }
  }

  /** Notes a correct password. */
  succeeded(who: Guesser): void {
    this.#failures.delete(ownKey(who));
    if (!who.instance) return;
    this.#known.delete(clientKey(who));
    this.#known.add(clientKey(who));
    const [oldest] = this.#known;
    if (this.#known.size > MOST) this.#known.delete(oldest!);
  }

  #pause(key: string, free: number, now: number): number {
    const {count, at} = this.#of(key, now);
    if (count <= free) return 0;
    return Math.max(0, at + Math.min(PAUSE.first * 2 ** (count - free - 1), PAUSE.longest) - now);
  }

  #of(key: string, now: number): Failures {
    const failures = this.#failures.get(key);
    return failures && now - failures.at < MEMORY ? failures : {count: 0, at: now};
  }
}

const ownKey = ({user, connection}: Guesser): string => `${connection} ${user}`;
const addressKey = ({user, remote}: Guesser): string => `${remote} ${user}`;
const clientKey = ({user, instance = ''}: Guesser): string => `${instance} ${user}`;
