import type {BaseClient} from '../../core/client/client.js';
import {cleanedNumber, isNumber, writtenNumbers} from '../../core/util/number.js';
import type {Person} from '../../core/directory/people.js';
import type {PeopleWatch} from '../../core/directory/people-watch.js';
import type {Party} from '../../core/types.js';
import {dialed} from '../shared/people/dial-field.js';

/** The numbers that a page names, optionally with names. */
export type PageNumbers = string | readonly (string | Party)[];

/** The people whom the page names, and their states. */
export class PagePeople {
  /** Called with people when their state changes. */
  readonly #onPeople: (people: readonly Person[]) => void;
  #client: BaseClient | undefined;
  #given: PageNumbers = '';
  #written = '';
  #people: readonly Person[] = [];
  /** Ends the watch; the next watch begins first, so that people in both are not requested again. */
  #ending = new AbortController();

  constructor(onPeople: (people: readonly Person[]) => void) {
    this.#onPeople = onPeople;
  }

  /** The people in the page's order, without duplicates. */
  get list(): readonly Person[] {
    return this.#people;
  }

  /** Sets the people whom the page names, and the client that watches them. */
  follow(client: BaseClient | undefined, given: PageNumbers): void {
    if (client === this.#client && typeof given === 'string' && given === this.#given) return;
    this.#given = given;
    const parties = partiesOf(given, client?.options.clean);
    const written = JSON.stringify(parties);
    if (client === this.#client && written === this.#written) return;
    const known = client === this.#client ? this.#people : [];
    const before = this.#ending;
    if (client !== this.#client) this.#client?.setNames(this, []);
    // Calls have the number that is dialed, the rows the one that is written.
    client?.setNames(this, [
      ...parties.map((party) => ({...party, number: dialed(party.number, client)})),
      ...parties,
    ]);
    this.#ending = new AbortController();
    this.#client = client;
    this.#written = written;
    this.#people = parties.map(({number, name}) => {
      const state = known.find((person) => person.number === number)?.state;
      return {number, name, state, type: undefined, group: '', raw: undefined};
    });
    this.#onPeople(this.#people);
    if (!client || !parties.length) return before.abort();
    // If the numbers cannot be watched, their state stays unknown.
    void this.#watch(client, this.#ending.signal)
      .catch(() => {})
      .finally(() => before.abort());
  }

  async #watch(client: BaseClient, signal: AbortSignal): Promise<void> {
    const numbers = this.#people.map(({number}) => number).filter(isNumber);
    const watch = await client.watchPeople(numbers);
    if (signal.aborted) return watch.close();
    signal.addEventListener('abort', () => watch.close());
    const update = (): void => {
      if (signal === this.#ending.signal) this.#update(watch, client);
    };
    watch.addEventListener('statechange', update);
    update();
  }

  #update(watch: PeopleWatch, client: BaseClient): void {
    const states = new Map(watch.state.people.map(({number, state}) => [number, state]));
    this.#people = this.#people.map((person) => ({
      ...person,
      state: states.get(dialed(person.number, client)),
    }));
    this.#onPeople(this.#people);
  }
}

function partiesOf(given: PageNumbers, clean?: (number: string) => string): readonly Party[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : writtenNumbers(given as string);
  const parties = list.map(
    (each) => (typeof each === 'string' ? {number: each} : each) as Partial<Party> | null,
  );
  const found = new Map<string, Party>();
  for (const {number = '', name} of parties.map((party) => party ?? {})) {
    const known = cleanedNumber(String(number).trim(), clean);
    if (known && !found.has(known)) found.set(known, {number: known, name: name ? String(name) : ''});
  }
  return [...found.values()];
}
