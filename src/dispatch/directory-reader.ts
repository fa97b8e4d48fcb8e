import type {Group, Person, PersonState, Position} from '../core/directory/people.js';
import type {ApiMessage} from '../core/types.js';
import {decimalOf, integerOf, isRecord, textOf, timeOf} from './envelope.js';
import {PERSON_STATE} from './protocol.js';
import {plainName} from '../core/util/plain-name.js';

const STATES: ReadonlyMap<number | undefined, PersonState> = new Map([
  [PERSON_STATE.offline, 'offline'],
  [PERSON_STATE.online, 'online'],
  [PERSON_STATE.busy, 'busy'],
]);

/** Smaller times are seconds, larger ones milliseconds. */
const SECONDS = 1e11;

/** Reads a group of a reply (docs/protocol/directory.md#groups); undefined if it has no number. */
export function readGroup(raw: unknown): Group | undefined {
  if (!isRecord(raw)) return undefined;
  const number = textOf(raw['groupnum']);
  if (number === undefined) return undefined;
  const parent = textOf(raw['parent']) ?? '';
  return {
    number,
    name: plainName(textOf(raw['groupname'])),
    // At the top level, some servers send “0”, “-1” or the group's own number.
    parent: parent === number || parent === '0' || parent === '-1' ? '' : parent,
    type: integerOf(raw['type']),
    raw,
  };
}

/** Reads a person of a reply (docs/protocol/directory.md#people); undefined without a number. */
export function readPerson(raw: unknown): Person | undefined {
  if (!isRecord(raw)) return undefined;
  const number = textOf(raw['number']);
  if (number === undefined) return undefined;
  return {
    number,
    name: plainName(textOf(raw['name'])),
    type: integerOf(raw['type']),
    state: readState(raw['state']),
    group: textOf(raw['groupnum']) ?? '',
    raw,
  };
}

/** Reads a person's state (docs/protocol/directory.md#states); undefined if unknown. */
export function readState(value: unknown): PersonState | undefined {
  return STATES.get(integerOf(value));
}

/**
 * Reads a position of a reply or an event (docs/protocol/directory.md#positions); undefined if it is not a place on
 * earth.
 */
export function readPosition(raw: unknown): Position | undefined {
  if (!isRecord(raw)) return undefined;
  const number = textOf(raw['number']);
  const [lng, lat] = [decimalOf(raw['lng']), decimalOf(raw['lat'])];
  if (number === undefined || lng === undefined || lat === undefined) return undefined;
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) return undefined;
  return {number, lng, lat, time: readTime(raw['time']), raw};
}

/** The most groups, people or positions of one reply. */
const MOST_ITEMS = 10_000;

/** Reads the items of a body, each number once; skips unreadable ones. */
export function readAll<T extends {readonly number: string}>(
  {body}: ApiMessage,
  read: (raw: unknown) => T | undefined,
): readonly T[] {
  const found = new Map<string, T>();
  for (const raw of body) {
    if (found.size === MOST_ITEMS) break;
    const thing = read(raw);
    if (thing && !found.has(thing.number)) found.set(thing.number, thing);
  }
  return [...found.values()];
}

/** Converts seconds, milliseconds or a date as text to milliseconds since the epoch. */
function readTime(value: unknown): number | undefined {
  const number = decimalOf(value);
  if (number !== undefined)
    return number > 0 ? timeOf(Math.round(number < SECONDS ? number * 1000 : number)) : undefined;
  const date =
    typeof value === 'string' ? Date.parse(value.trim().replace(/^(\d{4}-\d\d-\d\d) /, '$1T')) : NaN;
  return timeOf(date);
}
