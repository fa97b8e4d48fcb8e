import type {BaseClient} from '../../core/client/client.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {Party} from '../../core/types.js';
import {numbersOf, writtenNumbers} from '../../core/util/number.js';
import {toSipError, type SipError} from '../../errors.js';

/** Knows the names of the members that are chosen for a new conference; their numbers are a property of the element. */
export class ChosenMembers {
  readonly #names = new Map<string, string>();
  /** The numbers that the directory was asked about. */
  readonly #asked = new Set<string>();
  readonly #onName: () => void;

  /** @param onName - Called when a name was found. */
  constructor(onName: () => void) {
    this.#onName = onName;
  }

  /** Asks the directory for the names of the numbers that it has not been asked about. */
  learn(client: BaseClient, members: Numbers): void {
    if (!client.capabilities.directory || client.state.connection !== 'connected') return;
    const unknown = this.of(members).filter(({number, name}) => !name && !this.#asked.has(number));
    for (const {number} of unknown) {
      this.#asked.add(number);
      client.directory.search(number).then(
        (people) => {
          const name = people.find((person) => person.number === number)?.name;
          if (!name) return;
          this.#names.set(number, name);
          this.#onName();
        },
        // The number stays.
        () => {},
      );
    }
  }

  /** Returns what is wrong with the numbers. */
  errorOf(members: Numbers): SipError | undefined {
    try {
      numbersOf(members);
      return undefined;
    } catch (error) {
      return toSipError(error);
    }
  }

  /** Returns the people with these numbers. */
  of(members: Numbers): readonly Party[] {
    let numbers: readonly string[];
    try {
      numbers = numbersOf(members);
    } catch {
      // Starting the conference reports the error.
      numbers = [...new Set(writtenNumbers(typeof members === 'string' ? members.split(',') : members))];
    }
    return numbers.map((number) => ({number, name: this.#names.get(number) ?? ''}));
  }

  /** Returns the numbers and those of more people. */
  add(members: Numbers, people: readonly Party[]): string {
    for (const {number, name} of people) if (name) this.#names.set(number, name);
    const numbers = [...this.of(members), ...people].map(({number}) => number);
    return [...new Set(numbers)].join();
  }

  /** Returns the numbers without one. */
  without(members: Numbers, removed: string): string {
    const numbers = this.of(members).map(({number}) => number);
    return numbers.filter((number) => number !== removed).join();
  }
}
