import {API_EVENT, PERSON_STATE} from '../../src/dispatch/protocol.js';
import type {ServerServices} from '../services.js';
import {placeOf} from './positions.js';
import {Watchers} from './watchers.js';

/** What the events are made with. */
export interface PeopleEventsOptions extends Pick<ServerServices, 'hub' | 'users' | 'events'> {
  /** How often those who follow positions are told of them, in milliseconds. */
  readonly interval: number;
  /** Somebody's state at this moment. */
  readonly stateOf: (number: string) => number;
  /** Tells of calls that begin and end; returns what stops it. */
  onCallsChanged(listener: () => void): () => void;
}

/** Tells those who asked how others can be reached, and where they are (protocol page §5). */
export class PeopleEvents {
  readonly #options: PeopleEventsOptions;
  /** Whose states are told to whom: who asked for a list is told of those on it. */
  readonly #listed: Watchers;
  /** Whose positions are told to whom. */
  readonly #traced: Watchers;
  /** The states that were told last, those that are not offline. */
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
      // Once for all that happens at the same moment: a registration that is replaced is no absence.
      this.#due ??= setImmediate(() => this.#tellStates());
    };
    this.#stops = [hub.onBindingMade(look), hub.onBindingGone(look), options.onCallsChanged(look)];
  }

  /** Tells a user of the states of those on a list that it got. */
  list(user: string, numbers: Iterable<string>): void {
    this.#listed.add(user, numbers);
  }

  /** Tells a user of positions, at once and then again and again. */
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

/** A position as it travels: numbers as texts (protocol page §2). */
export function placeBody(
  number: string,
  {lng, lat, time}: {readonly lng: number; readonly lat: number; readonly time: number},
): Record<string, string> {
  return {number, lng: String(lng), lat: String(lat), time: String(time)};
}
