import type {DirectoryService} from '../../../src/core/directory/directory.js';
import type {Group, Person, Position} from '../../../src/core/directory/people.js';
import {SipError} from '../../../src/errors.js';

/** A group of a server. */
export const group = (number: string, name: string, parent = ''): Group => ({
  number,
  name,
  parent,
  type: 0,
  raw: {},
});

/** A person of a server. */
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

/** The people of a staged server. */
export class StagedPeople implements DirectoryService {
  /** The requests, in order. */
  readonly asked: string[] = [];
  /** Fails all requests while it is set. */
  failure: SipError | undefined;
  /** Delays answers until it is resolved. */
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
