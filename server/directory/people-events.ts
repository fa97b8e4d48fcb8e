import {API_EVENT, PERSON_STATE} from '../../src/dispatch/protocol.js';
import type {ServerServices} from '../services.js';
import {placeOf} from './positions.js';
import {Watchers} from './watchers.js';

/** What the events need. */
export interface PeopleEventsOptions extends Pick<ServerServices, 'hub' | 'users' | 'events'> {
  /** How often positions are sent to their followers, in milliseconds. */
  readonly interval: number;
  /** Returns a number's current state. */
  readonly stateOf: (number: string) => number;
  /** Notifies when calls begin or end. Returns a function that stops it. */
  onCallsChanged(listener: () => void): () => void;
}

/** Sends users the states and positions of people that they asked for (docs/protocol/directory.md). */
export class PeopleEvents {
  readonly #options: PeopleEventsOptions;
  /** Who gets whose states: a user who requested a list gets those of the people on it. */
  readonly #listed: Watchers;
  /** Who gets whose positions. */
  readonly #traced: Watchers;
  /** The states that were last sent, without those that are offline. */
  #states: ReadonlyMap<string, number>;
  #due: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #stops: readonly (() => void)[];

  constructor(options: PeopleEventsOptions) {
    const {hub} = options;
    this.#options = options;
    this.#states = this.#read();
    this.#listed = new Watchers(hub, ['unregistered', 'expired', 'closed']);
    // Existing clients do not ask again after a lost connection.
    this.#traced = new Watchers(hub, ['unregistered', 'expired']);
    const look = (): void => {
      // Once for all changes at the same moment: a replaced registration is not an absence.
      this.#due ??= setImmediate(() => this.#tellStates());
    };
    this.#stops = [hub.onBindingMade(look), hub.onBindingGone(look), options.onCallsChanged(look)];
  }

  /** Sends a user the state changes of people on a list that they got. */
  list(user: string, numbers: Iterable<string>): void {
    this.#listed.add(user, numbers);
  }

  /** Sends a user positions, at once and then regularly. */
  trace(user: string, numbers: readonly string[]): void {
    this.#traced.add(user, numbers);
    setImmediate(() => numbers.forEach((number) => this.#tellPlace(user, number)));
    this.#timer ??= setInterval(() => this.#tellPlaces(), this.#options.interval);
  }

  untrace(user: string, numbers: readonly string[]): void {
    this.#traced.remove(user, numbers);
  }

  close(): void {
    clearImmediate(this.#due);
    clearInterval(this.#timer);
    for (const stop of this.#stops) stop();
    this.#listed.close();
    this.#traced.close();
  }

  #tellStates(): void {
    this.#due = undefined;
    const {events} = this.#options;
    const now = this.#read();
    const before = this.#states;
    this.#states = now;
    const offline = PERSON_STATE.offline;
    for (const [user, number] of this.#listed.pairs()) {
      const state = now.get(number) ?? offline;
      if (state !== (before.get(number) ?? offline))
        void events.sendEvent(user, API_EVENT.personState, {number, state: String(state)});
    }
  }

  #read(): ReadonlyMap<string, number> {
    const {users, stateOf} = this.#options;
    return new Map(
      users
        .all()
        .map(({number}) => [number, stateOf(number)] as const)
        .filter(([, state]) => state !== PERSON_STATE.offline),
    );
  }

  #tellPlaces(): void {
    if (this.#traced.idle) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    for (const [user, number] of this.#traced.pairs()) this.#tellPlace(user, number);
  }

  #tellPlace(user: string, number: string): void {
    const {users, events} = this.#options;
    const record = users.get(number);
    const place = record && placeOf(record, Date.now());
    if (place) void events.sendEvent(user, API_EVENT.position, placeBody(number, place));
  }
}

/** Returns a position as it is sent: numbers as texts (docs/protocol/envelope.md#values). */
export function placeBody(
  number: string,
  {lng, lat, time}: {readonly lng: number; readonly lat: number; readonly time: number},
): Record<string, string> {
  return {number, lng: String(lng), lat: String(lat), time: String(time)};
}
