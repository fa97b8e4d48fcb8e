import {SipError} from '../../errors.js';
import type {Party} from '../types.js';
import type {PeopleResolver, ResolverOptions} from './people-resolver.js';
import type {PeopleSource} from './person-details.js';

/** Knows who has a number. The code is loaded when somebody knows anything: the page, one of its lists, the directory. */
export class KnownPeople {
  readonly #options: ResolverOptions;
  #source: PeopleSource | undefined;
  #resolver: PeopleResolver | undefined;
  #loading: Promise<PeopleResolver> | undefined;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /** The page's function. Setting it forgets all of its answers. */
  get source(): PeopleSource | undefined {
    return this.#source;
  }

  /** @throws {SipError} `bad-parameter` */
  set source(source: PeopleSource | undefined) {
    this.#source = checkedPeople(source);
    if (source || this.#resolver) this.#use((resolver) => resolver.setSource(this.#source));
  }

  /** Sets the names that a list of numbers has; none removes the list. */
  setList(owner: object, parties: readonly Party[]): void {
    if (this.#loading || parties.some(({name}) => name))
      this.#use((resolver) => resolver.setList(owner, parties));
  }

  /** Lets the directory be asked for names that it did not have. */
  askAgain(): void {
    this.#resolver?.askAgain();
  }

  /** See `BaseClient.identify`. */
  identify<T extends Party>(party: T, directory: boolean): T {
    if (directory && !this.#loading) this.#use(() => this.#options.onChange());
    return this.#resolver?.identify(party, directory) ?? party;
  }

  #use(task: (resolver: PeopleResolver) => void): void {
    if (this.#resolver) return task(this.#resolver);
    this.#loading ??= import('./people-resolver.js').then(
      ({PeopleResolver}) => (this.#resolver = new PeopleResolver(this.#options)),
    );
    this.#loading.then(task, () => (this.#loading = undefined));
  }
}

/** Returns the page's function. @throws {SipError} `bad-parameter` */
export function checkedPeople(given: PeopleSource | undefined): PeopleSource | undefined {
  if (given && typeof given !== 'function')
    throw new SipError('bad-parameter', {subject: 'people', expected: "async (number) => ({name: '…'})"});
  return given || undefined;
}
