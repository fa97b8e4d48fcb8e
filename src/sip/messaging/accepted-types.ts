import {durations} from '../../durations.js';

/** How long an answer counts, in milliseconds; that a number could not be asked counts for the shorter time. */
const KNOWN = 600_000;
const UNKNOWN = 30_000;

/** The most numbers whose answers are remembered. */
const MOST = 500;

interface Answer {
  readonly types: Promise<ReadonlySet<string>>;
  until: number;
}

/** Which media types other users accept, remembered for each number. */
export class AcceptedTypes {
  readonly #ask: (number: string) => Promise<readonly string[]>;
  readonly #answers = new Map<string, Answer>();

  /** @param ask - Asks a number; rejects if it cannot be asked. */
  constructor(ask: (number: string) => Promise<readonly string[]>) {
    this.#ask = ask;
  }

  /** Resolves with what a number accepts: with nothing if it does not answer in time. Never rejects. */
  async of(number: string): Promise<ReadonlySet<string>> {
    const known = this.#answers.get(number);
    if (known && known.until > Date.now()) return known.types;
    return this.#note(number, this.#asked(number)).types;
  }

  /** Notes what a number accepts, as its own message or refusal shows. */
  learn(number: string, types: Iterable<string>): void {
    this.#note(number, Promise.resolve(new Set(types)));
  }

  /** Notes that a number accepts further types; one that was not asked yet is asked all the same. */
  async learnMore(number: string, ...types: readonly string[]): Promise<void> {
    const known = this.#answers.get(number);
    if (known) this.learn(number, [...(await known.types), ...types]);
  }

  async #asked(number: string): Promise<ReadonlySet<string>> {
    const answer = this.#ask(number).then(
      (types) => new Set(types),
      () => undefined,
    );
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), durations.acceptAnswer);
    });
    const found = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (found) return found;
    const entry = this.#answers.get(number);
    if (entry) entry.until = Date.now() + UNKNOWN;
    // An answer that comes too late counts for the next message.
    void answer.then((types) => types && this.learn(number, types));
    return new Set();
  }

  #note(number: string, types: Promise<ReadonlySet<string>>): Answer {
    const answer = {types, until: Date.now() + KNOWN};
    this.#answers.delete(number);
    this.#answers.set(number, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST) this.#answers.delete(oldest!);
    return answer;
  }
}
