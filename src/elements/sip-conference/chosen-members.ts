import type {Numbers} from '../../core/directory/directory.js';
import type {Party} from '../../core/types.js';
import {numbersOf, writtenNumbers} from '../../core/util/number.js';
import {toSipError, type SipError} from '../../errors.js';

/** Knows the names of the members that are chosen for a new conference; their numbers are a property of the element. */
export class ChosenMembers {
  readonly #names = new Map<string, string>();
  readonly #identify: (party: Party) => Party;

  /** @param identify - Returns a party with what is known about the number. */
  constructor(identify: (party: Party) => Party) {
    this.#identify = identify;
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
    return numbers.map((number) => this.#identify({number, name: this.#names.get(number) ?? ''}));
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
