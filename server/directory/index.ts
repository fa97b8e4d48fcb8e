import {API_CODE, API_HEADER, PERSON_STATE, TRACE_TYPE} from '../../src/dispatch/protocol.js';
import type {ApiHandler, ApiHandlers, ApiReply} from '../api/handlers.js';
import {distinctOf, numberOf, textOf} from '../api/parameters.js';
import type {ServerPart, ServerServices} from '../services.js';
import type {UserRecord} from '../users.js';
import {PeopleEvents, placeBody} from './people-events.js';
import {placeOf} from './positions.js';

/** The directory's view of calls. */
export interface CallsInView {
  /** Whether a number is in a call. */
  has(number: string): boolean;
  /** Notifies when calls begin or end. Returns a function that stops it. */
  onChange(listener: () => void): () => void;
}

/** What the directory needs. */
export interface DirectoryOptions {
  readonly calls: CallsInView;
  /** How often positions are sent to their followers, in milliseconds. */
  readonly positionInterval: number;
}

/** `type` of a request for users of every type. */
const EVERY = -1;

const BAD: ApiReply = {code: API_CODE.badParameter};

/** Registers the requests for groups, people and positions (docs/protocol/directory.md). */
export function registerDirectoryHandlers(
  handlers: ApiHandlers,
  services: ServerServices,
  {calls, positionInterval}: DirectoryOptions,
): ServerPart {
  const {hub, users} = services;
  const stateOf = (number: string): number => {
    if (hub.bindings(number).length === 0) return PERSON_STATE.offline;
    return calls.has(number) ? PERSON_STATE.busy : PERSON_STATE.online;
  };
  const events = new PeopleEvents({
    hub,
    users,
    events: services.events,
    interval: positionInterval,
    stateOf,
    onCallsChanged: (listener) => calls.onChange(listener),
  });
  const list = (user: string, people: readonly UserRecord[]): ApiReply => {
    events.list(
      user,
      people.map(({number}) => number),
    );
    const body = people.map(({number, name, type, group = ''}) => ({
      number,
      name,
      type: String(type),
      state: String(stateOf(number)),
      groupnum: group,
    }));
    return {code: API_CODE.none, body};
  };

  const groups: ApiHandler = () => ({
    code: API_CODE.none,
    body: users
      .groups()
      .map(({number, name, parent}) => ({groupnum: number, groupname: name, parent, type: '0'})),
  });

  const members: ApiHandler = ({body}, {user}) => {
    const number = textOf(body['groupnum']);
    const type = body['type'] === undefined ? EVERY : numberOf(body['type']);
    if (number === undefined || type === undefined) return BAD;
    if (!users.group(number)) return {code: API_CODE.groupNotFound};
    return list(
      user,
      users.all().filter((each) => each.group === number && (type === EVERY || each.type === type)),
    );
  };

  const query: ApiHandler = ({body}, {user}) => {
    const text = textOf(body['queryinfo'])?.toLowerCase();
    if (text === undefined) return BAD;
    const fits = ({number, name}: UserRecord): boolean =>
      number.includes(text) || name.toLowerCase().includes(text);
    return list(user, users.all().filter(fits));
  };

  const byType: ApiHandler = ({body}, {user}) => {
    const type = numberOf(body['type']);
    if (type === undefined) return BAD;
    return list(
      user,
      users.all().filter((each) => type === EVERY || each.type === type),
    );
  };

  const positions: ApiHandler = ({body}) => {
    const numbers = distinctOf(body['emps']);
    if (numbers.length === 0) return BAD;
    const now = Date.now();
    const found = numbers.flatMap((number) => {
      const record = users.get(number);
      const place = record && placeOf(record, now);
      return place ? [placeBody(number, place)] : [];
    });
    return {code: API_CODE.none, body: found};
  };

  const trace: ApiHandler = ({body}, {user}) => {
    const numbers = distinctOf(body['emps']);
    const type = numberOf(body['type']);
    if (numbers.length === 0 || (type !== TRACE_TYPE.follow && type !== TRACE_TYPE.unfollow)) return BAD;
    if (type === TRACE_TYPE.unfollow) events.untrace(user, numbers);
    else {
      const known = numbers.filter((number) => users.get(number));
      if (known.length === 0) return {code: API_CODE.userDoesNotExist};
      events.trace(user, known);
    }
    return {code: API_CODE.none};
  };

  handlers.set(API_HEADER.allGroups, groups);
  handlers.set(API_HEADER.groupMembers, members);
  handlers.set(API_HEADER.queryPeople, query);
  handlers.set(API_HEADER.peopleByType, byType);
  handlers.set(API_HEADER.positions, positions);
  handlers.set(API_HEADER.tracePositions, trace);
  return {
    close: async () => events.close(),
    stats: () => ({}),
  };
}
