import type {Numbers} from './directory.js';
import {numbersOf} from '../util/number.js';
import type {PersonState, PresenceService} from './people.js';
import type {ConnectionState} from '../types.js';
import {StateTarget, type StateEventMap} from '../util/state-target.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';

/** What a watch follows of its client. */
interface WatchedClient extends TypedEventTarget<
  StateEventMap & {'sip-person-state': CustomEvent<WatchedPerson>}
> {
  readonly state: {readonly connection: ConnectionState};
}

/** A person who is watched. */
export interface WatchedPerson {
  readonly number: string;
  /** Undefined while unknown: no connection, not requested yet, refused, or the server does not know. */
  readonly state: PersonState | undefined;
}

/** A snapshot of the people who are watched. */
export interface PeopleWatchState {
  /** In the order of the request, without duplicates. */
  readonly people: readonly WatchedPerson[];
}

/**
 * Watches the states of some numbers until it is closed; continues after a reconnection, and after another `connect()`.
 *
 * `statechange` reports every change.
 */
export class PeopleWatch extends StateTarget<PeopleWatchState> {
  readonly numbers: readonly string[];
  readonly #client: WatchedClient;
  readonly #getService: () => PresenceService | undefined;
  /** What has been reported in this task: thousands may be in one message. */
  readonly #reported = new Map<string, PersonState | undefined>();
  /** The place of each number in the list. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #ending = new AbortController();
  #service: PresenceService | undefined;

  /** @internal Created by `client.watchPeople`. @throws {SipError} `invalid-number` */
  constructor(numbers: Numbers, client: WatchedClient, getService: () => PresenceService | undefined) {
    const wanted = numbersOf(numbers);
    super({people: Object.freeze(wanted.map((number) => ({number, state: undefined})))});
    this.numbers = wanted;
    this.#places = new Map(wanted.map((number, index) => [number, index]));
    this.#client = client;
    this.#getService = getService;
    const {signal} = this.#ending;
    client.addEventListener('statechange', () => this.#follow(), {signal});
    client.addEventListener('sip-person-state', ({detail}) => this.#note(detail), {signal});
    this.#follow();
  }

  /** Stops watching; idempotent. */
  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.#leave();
  }

  /** Moves to the current service, because each connection may have another server. */
  #follow(): void {
    const service = this.#getService();
    // What follows is newer.
    if (this.#reported.size > 0) this.#takeReported();
    if (this.#client.state.connection === 'disconnected') this.#set(this.numbers, () => undefined);
    if (service === this.#service) return;
    this.#leave();
    this.#service = service;
    for (const number of this.numbers) service?.watch(number);
    this.#set(this.numbers, (number) => service?.stateOf(number));
  }

  #note({number, state}: WatchedPerson): void {
    if (!this.#places.has(number)) return;
    if (this.#reported.size === 0) queueMicrotask(this.#takeReported);
    this.#reported.set(number, state);
  }

  readonly #takeReported = (): void => {
    const reported = new Map(this.#reported);
    this.#reported.clear();
    if (!this.#ending.signal.aborted) this.#set([...reported.keys()], (number) => reported.get(number));
  };

  #leave(): void {
    for (const number of this.numbers) this.#service?.unwatch(number);
    this.#service = undefined;
  }

  /** Sets the states of some at once: thousands may change with the connection. */
  #set(numbers: readonly string[], stateOf: (number: string) => PersonState | undefined): void {
    const {people} = this.state;
    let changed: WatchedPerson[] | undefined;
    for (const number of numbers) {
      const place = this.#places.get(number);
      const state = stateOf(number);
      if (place === undefined || people[place]!.state === state) continue;
      changed ??= [...people];
      changed[place] = {number, state};
    }
    if (changed) this.update({people: Object.freeze(changed)});
  }
}
