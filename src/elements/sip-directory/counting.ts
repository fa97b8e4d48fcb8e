/** How long a group must stay in view before its members are requested, in milliseconds. */
const PAUSE = 150;
/** The number of requests at a time. */
const AT_ONCE = 4;

/** Loads the members of the groups in view, a few groups at a time, so that the people online can be counted. */
export class Counting {
  readonly #load: (group: string) => Promise<void>;
  readonly #onIdle: () => void;
  #again: string[] = [];
  #wanted: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = 0;

  /**
   * @param load - Requests the members of a group; never rejects.
   * @param onIdle - Called when all that was wanted is loaded.
   */
  constructor(load: (group: string) => Promise<void>, onIdle: () => void) {
    this.#load = load;
    this.#onIdle = onIdle;
  }

  /** Sets the groups whose members are missing, the first ones first. */
  want(groups: readonly string[]): void {
    if (groups.join() === this.#wanted.join()) return;
    this.#wanted = [...groups];
    clearTimeout(this.#timer);
    if (groups.length) this.#timer = setTimeout(() => this.#start(), PAUSE);
  }

  /** Loads the members of groups that were loaded before, or are searched, also those out of view. */
  again(groups: readonly string[]): void {
    this.#again = [...new Set([...this.#again, ...groups])];
    this.#start();
  }

  /** Drops all requests that have not begun. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#again = this.#wanted = [];
  }

  #start(): void {
    while (this.#running < AT_ONCE) {
      const group = this.#again.shift() ?? this.#wanted.shift();
      if (group === undefined) return;
      this.#running += 1;
      void this.#load(group).finally(() => {
        this.#running -= 1;
        this.#start();
        if (!this.#running) this.#onIdle();
      });
    }
  }
}
