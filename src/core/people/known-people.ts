import {SipError} from '../../errors.js';
import type {Party} from '../types.js';
import type {PeopleResolver, ResolverOptions} from './people-resolver.js';
import type {PeopleSource} from './person-details.js';

/**
 * Knows who has a number. The code is loaded when somebody knows anything: the page, one of its lists, the directory. If
 * loading fails, the next question loads it again.
 */
export class KnownPeople {
  readonly #options: ResolverOptions;
  readonly #load: () => Promise<{readonly PeopleResolver: typeof PeopleResolver}>;
  #source: PeopleSource | undefined;
  /** The names of each list of numbers, from which the code begins once it is loaded. */
  readonly #lists = new Map<object, readonly Party[]>();
  #resolver: PeopleResolver | undefined;
  #loading: Promise<void> | undefined;

  /** @param load - Loads the code. */
  constructor(options: ResolverOptions, load = () => import('./people-resolver.js')) {
    this.#options = options;
    this.#load = load;
  }

  /** The page's function. Setting it forgets all of its answers. */
  get source(): PeopleSource | undefined {
    return this.#source;
  }

  /** @throws {SipError} `bad-parameter` */
  set source(source: PeopleSource | undefined) {
    this.#source = checkedPeople(source);
    if (source) this.#begin();
    this.#resolver?.setSource(this.#source);
  }

  /** Sets the names that a list of numbers has; none removes the list. */
  setList(owner: object, parties: readonly Party[]): void {
    const named = parties.some(({name}) => name);
    if (named) this.#lists.set(owner, parties);
    else if (!this.#lists.delete(owner)) return;
    if (named) this.#begin();
    this.#resolver?.setList(owner, parties);
  }

  /** Lets the directory be asked for names that it did not have. */
  askAgain(): void {
    this.#resolver?.askAgain();
  }

  /** See `BaseClient.identify`. */
  identify<T extends Party>(party: T, directory: boolean): T {
    if (directory || this.#source || this.#lists.size) this.#begin();
    return this.#resolver?.identify(party, directory) ?? party;
  }

  #begin(): void {
    this.#loading ??= this.#load().then(
      ({PeopleResolver}) => {
        const resolver = new PeopleResolver(this.#options);
        for (const [owner, parties] of this.#lists) resolver.setList(owner, parties);
        resolver.setSource(this.#source);
        this.#resolver = resolver;
      },
      () => void (this.#loading = undefined),
    );
  }
}

/** Returns the page's function. @throws {SipError} `bad-parameter` */
export function checkedPeople(given: PeopleSource | undefined): PeopleSource | undefined {
  if (given && typeof given !== 'function')
    throw new SipError('bad-parameter', {subject: 'people', expected: "async (number) => ({name: '…'})"});
  return given || undefined;
}
