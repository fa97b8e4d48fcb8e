import type {BaseClient} from '../../core/client/client.js';
import {cleanedNumber, isNumber, writtenNumbers} from '../../core/util/number.js';
import type {Person} from '../../core/directory/people.js';
import type {WatchedPerson} from '../../core/directory/people-watch.js';
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
  /** What the page's list had in it: it may be changed in place. */
  #entries: readonly Partial<Party>[] = [];
  #written = '';
  #people: readonly Person[] = [];
  /** The places in the list of those whom each number that is dialed belongs to. */
  #places: ReadonlyMap<string, readonly number[]> = new Map();
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
    if (client === this.#client && this.#isKnown(given)) return;
    this.#given = given;
    this.#entries = Array.isArray(given) ? given.map(entryOf) : [];
    const parties = partiesOf(given, client?.options.clean);
    const written = JSON.stringify(parties);
    if (client === this.#client && written === this.#written) return;
    const known = new Map(
      client === this.#client ? this.#people.map(({number, state}) => [number, state]) : [],
    );
    const before = this.#ending;
    if (client !== this.#client) this.#client?.setNames(this, []);
    // Calls have the number that is dialed, the rows the one that is written.
    const calls = parties.map((party) => ({...party, number: dialed(party.number, client)}));
    client?.setNames(this, [...calls, ...parties]);
    const places = new Map<string, number[]>();
    for (const [place, {number}] of calls.entries()) {
      const others = places.get(number);
      if (others) others.push(place);
      else places.set(number, [place]);
    }
    this.#places = places;
    this.#ending = new AbortController();
    this.#client = client;
    this.#written = written;
    this.#people = parties.map(({number, name}) => {
      return {number, name, state: known.get(number), type: undefined, group: '', raw: undefined};
    });
    this.#onPeople(this.#people);
    if (!client || !parties.length) return before.abort();
    // If the numbers cannot be watched, their state stays unknown.
    void this.#watch(client, this.#ending.signal)
      .catch(() => {})
      .finally(() => before.abort());
  }

  /** Whether the page's list is as it was: that of thousands takes long to read, and is looked at with each update. */
  #isKnown(given: PageNumbers): boolean {
    if (given !== this.#given) return false;
    if (!Array.isArray(given)) return true;
    const entries = this.#entries;
    return (
      given.length === entries.length &&
      (given as readonly unknown[]).every((each, index) => {
        const {number, name} = entryOf(each);
        return number === entries[index]!.number && name === entries[index]!.name;
      })
    );
  }

  async #watch(client: BaseClient, signal: AbortSignal): Promise<void> {
    const numbers = this.#people.map(({number}) => number).filter(isNumber);
    const watch = await client.watchPeople(numbers);
    if (signal.aborted) return watch.close();
    signal.addEventListener('abort', () => watch.close());
    let before: readonly WatchedPerson[] = [];
    const update = (): void => {
      if (signal !== this.#ending.signal) return;
      const {people} = watch.state;
      this.#update(people.filter((person, index) => person !== before[index]));
      before = people;
    };
    watch.addEventListener('statechange', update);
    update();
  }

  /** Sets the states of those who have another one: many are reported one by one. */
  #update(watched: readonly WatchedPerson[]): void {
    const people = [...this.#people];
    const changed: Person[] = [];
    for (const {number, state} of watched)
      for (const place of this.#places.get(number) ?? []) {
        if (people[place]!.state === state) continue;
        changed.push((people[place] = {...people[place]!, state}));
      }
    if (changed.length === 0) return;
    this.#people = people;
    this.#onPeople(changed);
  }
}

/** Reads an entry of the page's list, whatever it is. */
function entryOf(each: unknown): Partial<Party> {
  if (typeof each === 'string') return {number: each};
  const {number, name} = (each ?? {}) as Partial<Party>;
  return {...(number !== undefined && {number}), ...(name !== undefined && {name})};
}

function partiesOf(given: PageNumbers, clean?: (number: string) => string): readonly Party[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : writtenNumbers(given as string);
  const found = new Map<string, Party>();
  for (const {number = '', name} of list.map(entryOf)) {
    const known = cleanedNumber(String(number).trim(), clean);
    if (known && !found.has(known)) found.set(known, {number: known, name: name ? String(name) : ''});
  }
  return [...found.values()];
}
