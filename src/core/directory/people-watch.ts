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
  readonly #ending = new AbortController();
  #service: PresenceService | undefined;

  /** @internal Created by `client.watchPeople`. @throws {SipError} `invalid-number` */
  constructor(numbers: Numbers, client: WatchedClient, getService: () => PresenceService | undefined) {
    const wanted = numbersOf(numbers);
    super({people: Object.freeze(wanted.map((number) => ({number, state: undefined})))});
    this.numbers = wanted;
    this.#client = client;
    this.#getService = getService;
    const {signal} = this.#ending;
    client.addEventListener('statechange', () => this.#follow(), {signal});
    client.addEventListener('sip-person-state', ({detail}) => this.#set(detail.number, detail.state), {
      signal,
    });
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
    if (this.#client.state.connection === 'disconnected')
      for (const number of this.numbers) this.#set(number, undefined);
    if (service === this.#service) return;
    this.#leave();
    this.#service = service;
    for (const number of this.numbers) service?.watch(number);
    for (const number of this.numbers) this.#set(number, service?.stateOf(number));
  }

  #leave(): void {
    for (const number of this.numbers) this.#service?.unwatch(number);
    this.#service = undefined;
  }

  #set(number: string, state: PersonState | undefined): void {
    const {people} = this.state;
    const index = people.findIndex((person) => person.number === number);
    if (index < 0 || people[index]!.state === state) return;
    this.update({
      people: Object.freeze(people.map((person, at) => (at === index ? {number, state} : person))),
    });
  }
}
