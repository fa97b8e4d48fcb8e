import {API_CODE, API_HEADER, CALL_TYPE, FLOOR_OPERATION} from '../../src/dispatch/protocol.js';
import type {ApiContext, ApiHandler, ApiReply, ApiRequest} from '../api/handlers.js';
import {listOf, numberOf, textOf} from '../api/parameters.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import type {CallServices} from '../calls/call-services.js';
import type {Asked, Refused} from '../calls/asked.js';
import {groupOf} from '../conference/create-conference.js';
import {Intercom, runningIntercom} from './intercom.js';
import {place} from '../calls/place.js';

/** A checked request about a group. */
interface GroupRequest {
  readonly user: UserRecord;
  readonly binding: Binding;
  /** The number of the group. */
  readonly number: string;
  /** Its session, if there is one. */
  readonly running: Intercom | undefined;
}

/** The requests of intercom groups, each with its header (docs/protocol/intercoms.md). */
export function intercomHandlers(services: CallServices): readonly (readonly [string, ApiHandler])[] {
  const join: ApiHandler = (request, context) => {
    if (request.body['cid'] !== undefined) return remind(services, request, context);
    const asked = check(services, request, context);
    if ('code' in asked) return asked;
    const {user, binding, running} = asked;
    if (running?.isOpenTo(user.number, binding)) {
      running.remind(user.number);
      return {code: API_CODE.none, body: bodyOf(running)};
    }
    return enter(services, context, asked, running ?? begin(services, asked.number));
  };
  const speak: ApiHandler = (request, context) => {
    const asked = check(services, request, context);
    if ('code' in asked) return asked;
    const type = numberOf(request.body['ctype']);
    if (type === undefined) return {code: API_CODE.badParameter};
    if (type !== CALL_TYPE.intercom && type !== CALL_TYPE.temporaryIntercom)
      return {code: API_CODE.wrongCallType};
    switch (numberOf(request.body['optype'])) {
      case FLOOR_OPERATION.apply:
        return apply(services, context, asked);
      case FLOOR_OPERATION.release:
        return release(asked);
      default:
        return {code: API_CODE.badParameter};
    }
  };
  return [
    [API_HEADER.intercomJoin, join],
    [API_HEADER.applySpeak, speak],
  ];
}

/** Creates a temporary intercom, or refuses it; its members are called once its maker has joined. */
export function createIntercom(
  services: CallServices,
  request: ApiRequest,
  context: ApiContext,
  {binding, ...asked}: Asked,
): Refused | Promise<undefined> {
  const {asker} = asked;
  const group = groupOf(services, request, asked);
  if ('code' in group) return group;
  const {number, name, members} = group;
  const intercom = new Intercom(services, {
    type: CALL_TYPE.temporaryIntercom,
    group: {number, name},
    users: [asker, ...members],
    maker: asker,
  });
  return enter(services, context, {user: asker, binding}, intercom);
}

/** Sends a participant of a session the state of its floor again. */
function remind({sessions}: CallServices, {body}: ApiRequest, {user, binding}: ApiContext): ApiReply {
  const {cid, caller} = body;
  if (typeof cid !== 'string' || typeof caller !== 'string') return {code: API_CODE.badParameter};
  if (caller !== user) return {code: API_CODE.notAllowed};
  const session = sessions.get(cid);
  if (!(session instanceof Intercom) || !binding || !session.isOpenTo(user, binding))
    return {code: API_CODE.sessionNotFound};
  session.remind(user);
  return {code: API_CODE.none, body: bodyOf(session)};
}

/** Handles a request for the floor: the first one creates the session, and a user who is not in it joins. */
function apply(
  services: CallServices,
  context: ApiContext,
  asked: GroupRequest,
): ApiReply | Promise<ApiReply | undefined> {
  const {user, binding, running} = asked;
  if (running?.isOpenTo(user.number, binding)) {
    // A user with the session gets no `msgid` in the body (docs/protocol/clients.md#the-floor), unless their client
    // rings and must match the call.
    const echo = running.calls(user.number);
    const {outcome, place: queue} = running.request(user.number);
    if (outcome === 'granted') return {code: API_CODE.none, body: bodyOf(running), echo};
    return {code: API_CODE.floorNotGranted, body: {queue: String(queue), ...running.speaker}, echo};
  }
  // A denied request does not join the user: they could not be heard any sooner.
  if (running && !running.isFreeFor(user))
    return {code: API_CODE.floorNotGranted, body: {queue: '0', ...running.speaker}};
  return enter(services, context, asked, running ?? begin(services, asked.number), true);
}

function release({user, running}: GroupRequest): ApiReply {
  if (!running) return {code: API_CODE.sessionNotFound};
  const released = running.release(user.number);
  return {code: released ? API_CODE.none : API_CODE.floorNotGranted, body: bodyOf(running), echo: false};
}

/** Admits a user, who gets the reply with the session and is invited. */
async function enter(
  services: CallServices,
  context: ApiContext,
  {user, binding}: Pick<GroupRequest, 'user' | 'binding'>,
  intercom: Intercom,
  speaks = false,
): Promise<undefined> {
  const {cid} = intercom;
  const admitted = intercom.admit(user);
  if (speaks) intercom.request(user.number);
  await admitted;
  const session = {
    cid,
    inviteAsker: () => intercom.enter(user.number, binding),
    end: async () => intercom.leave(user.number),
  };
  return place(services, context, session, {sessnum: intercom.group.number});
}

/** Creates the session of a group. */
function begin(services: CallServices, number: string): Intercom {
  const {name, members} = services.users.intercom(number)!;
  const users = members.map((member) => services.users.get(member)).filter((user) => user !== undefined);
  return new Intercom(services, {type: CALL_TYPE.intercom, group: {number, name}, users});
}

/**
 * Checks a request about a group. Returns its content, or the code that refuses it (docs/protocol/numbers.md#codes).
 */
function check(
  services: CallServices,
  {body}: ApiRequest,
  {user: number, binding}: ApiContext,
): GroupRequest | Refused {
  const {users} = services;
  const {caller} = body;
  const [group, ...others] = listOf(textOf(body['members']));
  if (typeof caller !== 'string' || group === undefined || others.length > 0)
    return {code: API_CODE.badParameter};
  if (caller !== number) return {code: API_CODE.notAllowed};
  const user = users.get(number);
  if (!user) return {code: API_CODE.caller};
  if (!binding) return {code: API_CODE.notRegistered};
  const running = runningIntercom(services, group);
  const known = users.intercom(group);
  if (!running && !known) return {code: API_CODE.groupNotFound};
  if (!(running?.belongs(number) ?? known?.members.includes(number))) return {code: API_CODE.notInGroup};
  return {user, binding, number: group, running};
}

const bodyOf = ({cid, group}: Intercom): {cid: string; sessnum: string} => ({cid, sessnum: group.number});
