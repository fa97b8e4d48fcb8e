import {setNewest} from '../../core/util/collections/newest.js';
import {sipDurations} from '../../durations/sip.js';
import {toSipError} from '../../errors.js';
import {within} from '../../within.js';

/** Failures of this side’s connection: they say nothing about the number. */
const LOST: ReadonlySet<string> = new Set(['not-connected', 'connection-lost']);

const isLost = (error: unknown): boolean => LOST.has(toSipError(error).code);

/** The most numbers whose answers are remembered. */
const MOST = 500;

interface Answer {
  readonly types: Promise<ReadonlySet<string>>;
  until: number;
}

/** Which media types other users accept, remembered for each number; if the page stores its history, also by the tab's next page. */
export class AcceptedTypes {
  readonly #ask: (number: string) => Promise<readonly string[]>;
  readonly #key: string | undefined;
  readonly #answers = new Map<string, Answer>();
  /** What was accepted when the number was asked the last time. */
  readonly #earlier: Map<string, readonly string[]>;

  /**
   * @param ask - Asks a number; rejects if it cannot be asked.
   * @param account - Whose answers they are; undefined if they are kept in this page alone.
   */
  constructor(ask: (number: string) => Promise<readonly string[]>, account: string | undefined) {
    this.#ask = ask;
    this.#key = account === undefined ? undefined : `sip-elements.accepted.${account}`;
    this.#earlier = new Map(stored(this.#key));
  }

  /** Forgets all answers: the user signs out. */
  clear(): void {
    this.#answers.clear();
    this.#earlier.clear();
    try {
      if (this.#key !== undefined) sessionStorage.removeItem(this.#key);
    } catch {
      // The browser stores nothing.
    }
  }

  /**
   * Resolves with the types that a number accepts: with the earlier ones, or none, if the number refuses to answer or is silent
   * in time.
   *
   * @param late - Whether to ask again, and to wait for an answer however late it is.
   * @throws {SipError} `not-connected`, `connection-lost`
   */
  async of(number: string, late?: boolean): Promise<ReadonlySet<string>> {
    const known = this.#answers.get(number);
    if (known && !late && known.until > performance.now()) return known.types;
    const asked = this.#ask(number);
    const answer = this.#note(number, this.#inTime(number, asked, late));
    asked.catch((error: unknown) => {
      answer.until = isLost(error) ? 0 : performance.now() + sipDurations.acceptedTypesRetry;
    });
    return answer.types;
  }

  /** Notes the types that a number accepts, by its own message or refusal, unless the user has signed out since the request. */
  learn(number: string, types: Iterable<string>): void {
    if (!this.#answers.has(number)) return;
    this.#note(number, Promise.resolve(new Set(types)));
  }

  /** Notes that a number accepts further types; one that was not asked yet is asked all the same. */
  async learnMore(number: string, ...types: readonly string[]): Promise<void> {
    const known = this.#answers.get(number);
    const before = await known?.types.catch(() => undefined);
    if (before) this.learn(number, [...before, ...types]);
  }

  /** Resolves with the answer, or with the earlier one if it is refused or late. */
  async #inTime(
    number: string,
    asked: Promise<readonly string[]>,
    late?: boolean,
  ): Promise<ReadonlySet<string>> {
    try {
      const types = await (late ? asked : within(asked, sipDurations.acceptAnswer));
      if (types) return new Set(types);
      // An answer that comes too late counts for the next message.
      asked.then(
        (types) => this.learn(number, types),
        () => {},
      );
    } catch (error) {
      if (isLost(error)) throw error;
    }
    return new Set(this.#earlier.get(number));
  }

  #note(number: string, types: Promise<ReadonlySet<string>>): Answer {
    const answer = {types, until: performance.now() + sipDurations.acceptedTypes};
    setNewest(this.#answers, number, answer, MOST);
    types.then(
      (known) => {
        if (this.#answers.get(number) === answer) this.#keep(number, [...known]);
      },
      () => {},
    );
    return answer;
  }

  #keep(number: string, types: readonly string[]): void {
    if (types.length === 0 || types.join() === this.#earlier.get(number)?.join()) return;
    this.#earlier.delete(number);
    this.#earlier.set(number, types);
    const kept = [...this.#earlier].slice(-MOST);
    try {
      if (this.#key !== undefined) sessionStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // The next page asks again.
    }
  }
}

/** The types that an earlier page has kept. */
function stored(key: string | undefined): readonly (readonly [string, readonly string[]])[] {
  if (key === undefined) return [];
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

const isEntry = (value: unknown): value is readonly [string, readonly string[]] =>
  Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]);
