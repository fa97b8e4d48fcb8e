import {keptDurations} from '../../durations/kept.js';
import type {Party, PersonDetails} from '../types.js';
import {readDetails, type PeopleSource} from './person-details.js';

/** How many numbers are remembered; those that were not shown for longest are forgotten first. */
const MOST = 2_000;

/** What `PeopleResolver` needs from its client. */
export interface ResolverOptions {
  /** Resolves with the name of a number in the server's directory; undefined if the directory cannot be asked now. */
  readonly search: (number: string) => Promise<string> | undefined;
  /** Called when something else is known about a number. */
  readonly onChange: () => void;
  /** Called with what the page's function throws. */
  readonly onError: (error: unknown) => void;
}

/** What is known about a number. */
interface Answer<T> {
  value: T | undefined;
  /** When it is asked for again, and when it was last used, by the page's clock. */
  until: number;
  used: number;
}

/** A party with what was added to it. */
interface Identified {
  readonly details: PersonDetails | undefined;
  readonly party: Party;
}

/** Knows who has a number: from the page, from its lists of numbers, and from the server's directory. */
export class PeopleResolver {
  readonly #options: ResolverOptions;
  #source: PeopleSource | undefined;
  #details = new Map<string, Answer<PersonDetails>>();
  readonly #directory = new Map<string, Answer<string>>();
  /** The names of each list of numbers. */
  readonly #lists = new Map<object, ReadonlyMap<string, string>>();
  readonly #identified = new WeakMap<Party, Identified>();
  /** The questions that are put to the page together. */
  #questions = new Set<string>();
  #telling = false;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /** Asks another source from now on, and forgets the answers of the one before. */
  setSource(source: PeopleSource | undefined): void {
    this.#source = source;
    this.#details = new Map();
    this.#changed();
  }

  /** Sets the names of a list of numbers; none removes the list. */
  setList(owner: object, parties: readonly Party[]): void {
    const names = new Map(parties.flatMap(({number, name}) => (name ? [[number, name]] : [])));
    if (names.size) this.#lists.set(owner, names);
    else if (!this.#lists.delete(owner)) return;
    this.#changed();
  }

  /** Lets the directory be asked again for names that it did not have. */
  askAgain(): void {
    for (const [number, {value}] of this.#directory) if (!value) this.#directory.delete(number);
  }

  /**
   * Returns the party with what is known about it, the same object as long as that does not change.
   *
   * @param directory - Whether the server's directory is asked if nobody else has a name.
   */
  identify<T extends Party>(party: T, directory: boolean): T {
    const {number} = party;
    if (!number) return party;
    const details = this.#source && this.#detailsOf(number);
    const name =
      details?.name || this.#listedName(number) || this.#directoryName(number, directory && !party.name);
    if (!details && !name) return party;
    const all = name === details?.name ? details : {...details, ...(name && {name})};
    const before = this.#identified.get(party);
    if (before && same(before.details, all)) return before.party as T;
    const identified: T = Object.freeze(Object.assign({...party}, all));
    this.#identified.set(party, {details: all, party: identified});
    return identified;
  }

  #listedName(number: string): string | undefined {
    for (const names of this.#lists.values()) {
      const name = names.get(number);
      if (name !== undefined) return name;
    }
    return undefined;
  }

  #directoryName(number: string, asks: boolean): string | undefined {
    const known = used(this.#directory, number);
    if (known || !asks) return known?.value;
    const answer = remember(this.#directory, number);
    const searching = answer && this.#options.search(number);
    if (!searching) {
      if (answer) this.#directory.delete(number);
      return undefined;
    }
    const onFound = (name: string): void => {
      if (!name) return;
      answer.value = name;
      this.#changed();
    };
    // Without an answer, the number is shown.
    searching.then(onFound, () => {});
    return undefined;
  }

  #detailsOf(number: string): PersonDetails | undefined {
    const answer = used(this.#details, number) ?? remember(this.#details, number);
    if (!answer) return undefined;
    const now = performance.now();
    if (now >= answer.until) {
      answer.until = now + keptDurations.personDetails;
      this.#ask(number);
    }
    return answer.value;
  }

  /** Puts the questions of one moment to the page after what is going on now, such as a call that begins to ring. */
  #ask(number: string): void {
    if (!this.#questions.size)
      queueMicrotask(() => {
        const questions = this.#questions;
        this.#questions = new Set();
        for (const each of questions) void this.#fetch(each);
      });
    this.#questions.add(number);
  }

  async #fetch(number: string): Promise<void> {
    const [source, details] = [this.#source, this.#details];
    const answer = details.get(number);
    if (!source || !answer) return;
    const {until} = answer;
    let value: PersonDetails | undefined;
    try {
      value = readDetails(await source(number));
    } catch (error) {
      if (answer.until === until) answer.until = performance.now() + keptDurations.personRetry;
      return this.#options.onError(error);
    }
    // Another answer has been asked for meanwhile.
    if (answer.until !== until || details !== this.#details || same(answer.value, value)) return;
    answer.value = value;
    this.#changed();
  }

  /** Reports changes of one moment together. */
  #changed(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#options.onChange();
    });
  }
}

/** Returns the answer for a number, and notes that it is in use: the one that was not for longest is the first. */
function used<T>(answers: Map<string, Answer<T>>, number: string): Answer<T> | undefined {
  const answer = answers.get(number);
  if (!answer) return undefined;
  answers.delete(number);
  answers.set(number, answer);
  answer.used = performance.now();
  return answer;
}

/** Makes room for a number; returns undefined if all others are still shown, and would be asked for again. */
function remember<T>(answers: Map<string, Answer<T>>, number: string): Answer<T> | undefined {
  const now = performance.now();
  if (answers.size >= MOST) {
    const [first, {used: last}] = answers.entries().next().value!;
    if (now - last < keptDurations.personShown) return undefined;
    answers.delete(first);
  }
  const answer: Answer<T> = {value: undefined, until: 0, used: now};
  answers.set(number, answer);
  return answer;
}

function same(one: PersonDetails | undefined, other: PersonDetails | undefined): boolean {
  return (['name', 'picture', 'detail', 'href'] as const).every((key) => one?.[key] === other?.[key]);
}
