import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import type {SipEventMap} from '../../core/client/events.js';
import type {PeopleWatch} from '../../core/directory/people-watch.js';
import type {Person, Position} from '../../core/directory/people.js';
import {numbersOf} from '../../core/util/number.js';
import {toSipError, type SipError} from '../../errors.js';
import {everyone, peopleWith} from '../shared/people/directory-people.js';
import {isRegistered} from '../shared/registration.js';
import {pointAt, type Point} from './mercator.js';

/** A person whose position is known. */
export interface PlacedPerson {
  readonly person: Person;
  readonly position: Position;
  /** Where the position is on the map. */
  readonly at: Point;
}

/** What there is to show. */
export type MapPhase = 'no-client' | 'waiting' | 'unsupported' | 'loading' | 'failed' | 'ready';

/** The options of the people of a map. */
export interface MapPeopleOptions {
  client(): BaseClient | undefined;
  /** Returns the numbers of the people whom the page names; empty for all. */
  numbers(): string;
  /** Called when someone has moved, or has another state. */
  onChange(): void;
}

/** The most people of a map. */
const MOST = 5_000;

/** How many people's positions are requested at once. */
const AT_ONCE = 200;

/**
 * The people of a map and where they are: those whom the page names, or all of the server's directory. Loads them once the client is
 * registered, and after each new registration, and follows their positions and states while the host is on the page.
 */
export class MapPeople implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: MapPeopleOptions;
  readonly #people = new Map<string, Person>();
  readonly #placed = new Map<string, PlacedPerson>();
  #list: readonly PlacedPerson[] | undefined;
  /** The client that is shown, kept while the host is not on the page. */
  #last: BaseClient | undefined;
  #client: BaseClient | undefined;
  #numbers = '';
  #registered = false;
  #loaded = false;
  #error: SipError | undefined;
  /** The people whose positions the server reports. */
  readonly #followed = new Set<string>();
  /** Ends with the client or the numbers. */
  #ending = new AbortController();
  /** Ends with the next request for the people. */
  #loading = new AbortController();

  constructor(host: ReactiveElement, options: MapPeopleOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get phase(): MapPhase {
    if (!this.#client) return 'no-client';
    if (this.#loaded || this.#placed.size) return 'ready';
    if (!this.#registered) return 'waiting';
    if (!this.#client.capabilities.directory) return 'unsupported';
    return this.#error ? 'failed' : 'loading';
  }

  /** Whether all positions that the server knows have come. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Why people or positions are not known. */
  get error(): SipError | undefined {
    return this.#error;
  }

  /** Everyone whose position is known. */
  get placed(): readonly PlacedPerson[] {
    return (this.#list ??= [...this.#placed.values()]);
  }

  /** The person with a number, if the position is known. */
  get(number: string): PlacedPerson | undefined {
    return this.#placed.get(number);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#follow(undefined, this.#numbers);
  }

  hostUpdate(): void {
    this.#follow(this.#host.isConnected ? this.#options.client() : undefined, this.#options.numbers());
    const registered = isRegistered(this.#client);
    if (registered === this.#registered) return;
    this.#registered = registered;
    if (registered) this.load();
  }

  /** Requests the people and their positions again. */
  readonly load = (): void => {
    if (this.#registered && this.#client?.capabilities.directory) void this.#load(this.#client);
  };

  #follow(client: BaseClient | undefined, numbers: string): void {
    if (client === this.#client && numbers === this.#numbers) return;
    this.#ending.abort();
    this.#loading.abort();
    this.#ending = new AbortController();
    const {signal} = this.#ending;
    const followed = [...this.#followed];
    this.#followed.clear();
    // Without a connection there is nothing to stop.
    if (followed.length) this.#client?.directory.unfollow(followed).catch(() => {});
    if ((client && client !== this.#last) || numbers !== this.#numbers) this.#forget();
    this.#client = client;
    this.#last = client ?? this.#last;
    this.#numbers = numbers;
    this.#registered = false;
    client?.addEventListener('sip-position', this.#onPosition, {signal});
    client?.addEventListener('sip-person-state', this.#onState, {signal});
    if (client && numbers) void this.#watch(client, numbers, signal).catch(() => {});
  }

  #forget(): void {
    this.#people.clear();
    this.#placed.clear();
    this.#loaded = false;
    this.#error = undefined;
    this.#changed();
  }

  /** Follows the states of the people whom the page names; those of the directory are reported unasked. */
  async #watch(client: BaseClient, numbers: string, signal: AbortSignal): Promise<void> {
    const watch: PeopleWatch = await client.watchPeople(numbers);
    if (signal.aborted) return watch.close();
    signal.addEventListener('abort', () => watch.close());
  }

  async #load(client: BaseClient): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const {signal} = this.#loading;
    this.#error = undefined;
    this.#host.requestUpdate();
    try {
      const people = await this.#requestPeople(client, signal);
      if (signal.aborted) return;
      const kept = people.slice(0, MOST);
      this.#setPeople(kept);
      const numbers = kept.map(({number}) => number);
      for (let first = 0; first < numbers.length; first += AT_ONCE) {
        const some = numbers.slice(first, first + AT_ONCE);
        const positions = await client.directory.positions(some, {signal});
        if (signal.aborted) return;
        for (const position of positions) this.#place(position);
        this.#changed();
        await this.#trace(client, some);
        if (signal.aborted) return;
      }
      this.#loaded = true;
    } catch (error) {
      if (signal.aborted) return;
      this.#error = toSipError(error);
    }
    this.#host.requestUpdate();
  }

  /** Follows the positions of people; once each. */
  async #trace(client: BaseClient, numbers: readonly string[]): Promise<void> {
    const fresh = numbers.filter((number) => !this.#followed.has(number));
    if (!fresh.length) return;
    for (const number of fresh) this.#followed.add(number);
    try {
      await client.directory.follow(fresh);
    } catch (error) {
      for (const number of fresh) this.#followed.delete(number);
      throw error;
    }
  }

  /** Requests the people whom the page names, or everyone. Who is not in the directory has a number alone. */
  async #requestPeople(client: BaseClient, signal: AbortSignal): Promise<readonly Person[]> {
    if (!this.#numbers) return everyone(client, signal, MOST);
    const numbers = numbersOf(this.#numbers, client.options.clean);
    const people = await peopleWith(numbers, client, signal);
    const known = new Map(people.map((person) => [person.number, person]));
    return numbers.map((number) => known.get(number) ?? this.#people.get(number) ?? unknown(number));
  }

  /** Sets who is on the map: who is not any more disappears. */
  #setPeople(people: readonly Person[]): void {
    this.#people.clear();
    for (const person of people) this.#people.set(person.number, person);
    for (const [number, placed] of this.#placed) {
      const person = this.#people.get(number);
      if (person) this.#placed.set(number, {...placed, person});
      else this.#placed.delete(number);
    }
    this.#changed();
  }

  /** Sets where someone is, unless something newer is known. */
  #place(given: Position): void {
    const now = Date.now();
    // A device whose clock is ahead would stay where it was.
    const position = given.time !== undefined && given.time > now ? {...given, time: now} : given;
    const {number, lat, lng, time} = position;
    const person = this.#people.get(number);
    const before = this.#placed.get(number)?.position.time;
    if (!person || (before !== undefined && time !== undefined && time < before)) return;
    this.#placed.set(number, {person, position, at: pointAt(lat, lng)});
  }

  #changed(): void {
    this.#list = undefined;
    this.#options.onChange();
  }

  readonly #onPosition = ({detail}: SipEventMap['sip-position']): void => {
    const known = this.#placed.has(detail.number);
    this.#place(detail);
    this.#changed();
    // The first position of all ends the empty state.
    if (!known && this.#placed.size === 1) this.#host.requestUpdate();
  };

  readonly #onState = ({detail: {number, state}}: SipEventMap['sip-person-state']): void => {
    const before = this.#people.get(number);
    if (!before || before.state === state) return;
    const person = {...before, state};
    this.#people.set(number, person);
    const placed = this.#placed.get(number);
    if (!placed) return;
    this.#placed.set(number, {...placed, person});
    this.#changed();
  };
}

const unknown = (number: string): Person => ({
  number,
  name: '',
  type: undefined,
  group: '',
  raw: undefined,
  state: undefined,
});
