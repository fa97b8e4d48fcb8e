import type {DirectoryService} from '../../../src/core/directory/directory.js';
import type {Group, Person, Position} from '../../../src/core/directory/people.js';
import {SipError} from '../../../src/errors.js';

/** A group, as a server would name it. */
export const group = (number: string, name: string, parent = ''): Group => ({
  number,
  name,
  parent,
  type: 0,
  raw: {},
});

/** Somebody, as a server would tell of him. */
export const person = (
  number: string,
  name: string,
  inGroup: string,
  more: Partial<Person> = {},
): Person => ({
  number,
  name,
  type: 2,
  state: 'offline',
  group: inGroup,
  raw: {},
  ...more,
});

/** The people of a server that a test writes down. */
export class StagedPeople implements DirectoryService {
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Fails whatever is asked for, while it is set. */
  failure: SipError | undefined;
  /** Keeps answers waiting until it is resolved. */
  patience: Promise<void> = Promise.resolve();
  list: readonly Group[];
  people: readonly Person[];
  readonly places: Position[] = [];

  constructor(groups: readonly Group[], people: readonly Person[]) {
    this.list = groups;
    this.people = people;
  }

  groups(signal?: AbortSignal): Promise<readonly Group[]> {
    return this.#answer('groups', signal, () => this.list);
  }

  members(number: string, signal?: AbortSignal): Promise<readonly Person[]> {
    return this.#answer(`members ${number}`, signal, () =>
      this.people.filter((each) => each.group === number),
    );
  }

  search(text: string, signal?: AbortSignal): Promise<readonly Person[]> {
    return this.#answer(`search ${text}`, signal, () =>
      this.people.filter(({name, number}) => name.includes(text) || number.includes(text)),
    );
  }

  byType(type: number, signal?: AbortSignal): Promise<readonly Person[]> {
    return this.#answer(`type ${type}`, signal, () => this.people.filter((each) => each.type === type));
  }

  positions(numbers: readonly string[], signal?: AbortSignal): Promise<readonly Position[]> {
    return this.#answer(`positions ${numbers.length}`, signal, () =>
      this.places.filter(({number}) => numbers.includes(number)),
    );
  }

  trace(numbers: readonly string[], on: boolean): Promise<void> {
    return this.#answer(`${on ? 'follow' : 'unfollow'} ${numbers.join()}`, undefined, () => undefined);
  }

  async #answer<T>(what: string, signal: AbortSignal | undefined, answer: () => T): Promise<T> {
    this.asked.push(what);
    await this.patience;
    if (signal?.aborted) throw new SipError('aborted', {subject: what});
    if (this.failure) throw this.failure;
    return answer();
  }
}
