import type {Directory} from '../../core/directory/directory.js';
import type {Position} from '../../core/directory/people.js';

/**
 * How long people must stay in view before their positions are requested, in milliseconds; rows scrolled past are
 * skipped.
 */
const PAUSE = 150;

/** Requests the positions of people when they come into view, and caches them. */
export class Places {
  readonly #known = new Map<string, Position>();
  readonly #asked = new Set<string>();
  readonly #onChange: () => void;
  #wanted: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ending = new AbortController();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get(number: string): Position | undefined {
    return this.#known.get(number);
  }

  /** Updates a person's position. */
  set(position: Position): void {
    this.#known.set(position.number, position);
    this.#onChange();
  }

  /** Requests the positions of the people in view, once they stay there. */
  request(numbers: readonly string[], directory: Directory): void {
    const fresh = numbers.filter((number) => !this.#asked.has(number));
    if (fresh.join() === this.#wanted.join()) return;
    this.#wanted = fresh;
    clearTimeout(this.#timer);
    if (fresh.length) this.#timer = setTimeout(() => void this.#ask(directory), PAUSE);
  }

  /** Clears all positions. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#wanted = [];
    this.#known.clear();
    this.#asked.clear();
  }

  async #ask(directory: Directory): Promise<void> {
    const {signal} = this.#ending;
    const numbers = this.#wanted;
    this.#wanted = [];
    for (const number of numbers) this.#asked.add(number);
    try {
      const found = await directory.positions(numbers, {signal});
      if (signal.aborted || !found.length) return;
      for (const position of found) this.#known.set(position.number, position);
      this.#onChange();
    } catch {
      // The server does not support positions, or has none for these people: the rows show none.
    }
  }
}
