import {API_CODE, API_HEADER, CALL_STATE, MEMBER_SWITCH, PUSH_TYPE} from '../../src/dispatch/protocol.js';
import type {ApiHandler, ApiRequest} from '../api/handlers.js';
import {numberOf, textOf} from '../api/parameters.js';
import type {CallServices} from '../calls/call-services.js';
import type {ConferenceMember} from './conference-member.js';
import {Conference} from './conference.js';
import {Intercom} from '../intercom/intercom.js';
import type {Session, Sessions} from '../calls/sessions.js';

type Refused = (typeof API_CODE)[keyof typeof API_CODE];

/** Applies a request to a conference. Returns the code of the reply (docs/protocol/numbers.md#codes). */
type Change = (conference: Conference, body: ApiRequest['body']) => number;

const DONE = API_CODE.none;
const BAD = API_CODE.badParameter;

/**
 * The requests that list and change the members of a conference, each with its header
 * (docs/protocol/conferences.md#changing-members).
 */
export function memberHandlers(services: CallServices): readonly (readonly [string, ApiHandler])[] {
  const {users, hub} = services;

  /** Handles a change of a conference by a user who may make it. */
  const change =
    (apply: Change): ApiHandler =>
    ({body}, {user}) => {
      const conference = find(services, body);
      if (typeof conference === 'number') return {code: conference};
      return {code: conference.controls(user) ? apply(conference, body) : API_CODE.notAllowed};
    };
  const changeMember = (
    apply: (conference: Conference, member: ConferenceMember, body: ApiRequest['body']) => number,
  ): ApiHandler =>
    change((conference, body) => {
      const number = textOf(body['number']);
      if (number === undefined) return BAD;
      const member = conference.member(number);
      return member ? apply(conference, member, body) : API_CODE.memberNotFound;
    });

  const list: ApiHandler = ({body}, {user}) => {
    const session = sessionIn(services.sessions, body);
    if (session instanceof Intercom) {
      const may = session.belongs(user) || session.controls(user);
      return may ? {code: DONE, body: session.records} : {code: API_CODE.notAllowed};
    }
    const conference = find(services, body);
    if (typeof conference === 'number') return {code: conference};
    if (!conference.controls(user) && !conference.has(user)) return {code: API_CODE.notAllowed};
    conference.watch(user);
    return {code: DONE, body: conference.recordsFor(user)};
  };

  const add = change((conference, body) => {
    const number = textOf(body['number']);
    const speaks = switchOf(body['speakertype'] ?? MEMBER_SWITCH.on);
    if (number === undefined || speaks === undefined) return BAD;
    const user = users.get(number);
    if (!user) return API_CODE.userDoesNotExist;
    if (conference.has(number)) return DONE;
    if (hub.bindings(number).length === 0) return API_CODE.numberNotRegistered;
    if (conference.vacancies === 0) return API_CODE.noFreePort;
    conference.add(user, speaks);
    return DONE;
  });

  const remove = change((conference, body) => {
    const number = textOf(body['number']);
    if (number === undefined) return BAD;
    const member = conference.member(number);
    if (member) conference.remove(member);
    return member || conference.files.stop(number) ? DONE : API_CODE.memberNotFound;
  });

  const speak = changeMember((conference, member, body) => {
    const speaks = switchOf(body['stype']);
    if (speaks === undefined) return BAD;
    // Listeners of a broadcast cannot be heard.
    if (member.audience && speaks) return API_CODE.wrongCallType;
    conference.setSpeaking(member, speaks);
    return DONE;
  });

  const hear = changeMember((conference, member, body) => {
    const hears = switchOf(body['htype']);
    if (hears === undefined) return BAD;
    conference.setHearing(member, hears);
    return DONE;
  });

  const push = changeMember((conference, member, body) => {
    const type = numberOf(body['ptype']);
    if (type !== PUSH_TYPE.push && type !== PUSH_TYPE.stop) return BAD;
    const pushed = type === PUSH_TYPE.push;
    if (pushed && member.state !== CALL_STATE.connected) return API_CODE.notConnected;
    if (pushed && !member.seat?.visible) return API_CODE.videoNotSent;
    conference.setPushed(member, pushed);
    return DONE;
  });

  return [
    [API_HEADER.allMembers, list],
    [API_HEADER.addMember, add],
    [API_HEADER.deleteMember, remove],
    [API_HEADER.memberSpeak, speak],
    [API_HEADER.memberHear, hear],
    [API_HEADER.memberPush, push],
  ];
}

/** Returns the session that a request names, or the code that refuses it. */
export function sessionIn(sessions: Sessions, {cid = ''}: ApiRequest['body']): Session | Refused {
  if (typeof cid !== 'string') return BAD;
  if (cid === '') return API_CODE.noCid;
  const session = sessions.get(cid);
  if (!session) return API_CODE.sessionNotFound;
  return session instanceof Conference && session.over ? API_CODE.wrongSessionState : session;
}

/** Returns the conference that a request names, or the code that refuses it. */
function find({sessions}: CallServices, body: ApiRequest['body']): Conference | Refused {
  const session = sessionIn(sessions, body);
  return typeof session === 'number' || session instanceof Conference ? session : API_CODE.wrongCallType;
}

function switchOf(value: unknown): boolean | undefined {
  const number = numberOf(value);
  if (number === MEMBER_SWITCH.on) return true;
  return number === MEMBER_SWITCH.off ? false : undefined;
}
