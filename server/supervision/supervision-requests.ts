import {API_CODE, API_HEADER, CALL_OPERATION, CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {ApiContext, ApiHandler, ApiRequest} from '../api/handlers.js';
import {distinctOf, numberOf, sessionName, textOf} from '../api/parameters.js';
import type {CallServices} from '../calls/call-services.js';
import {MemberVideo} from './member-video.js';
import {Monitoring} from './monitoring.js';
import {place} from '../calls/place.js';
import {numberRefusal} from '../calls/session-number.js';
import type {Conversation} from '../calls/conversation.js';

/**
 * The requests that supervise the calls of others, each with its header (docs/protocol/supervision.md#calls-of-others).
 */
export function supervisionHandlers(services: CallServices): readonly (readonly [string, ApiHandler])[] {
  return [
    [API_HEADER.createVideoBug, (request, context) => monitor(services, request, context)],
    [API_HEADER.transferVideo, (request, context) => transferVideo(services, request, context)],
    [API_HEADER.callOperation, (request, context) => operate(services, request, context)],
  ];
}

type Answer = ReturnType<ApiHandler>;

/** Handles a request for a camera: 1500 if the number is known to have none. */
function monitor(services: CallServices, {body}: ApiRequest, context: ApiContext): Answer {
  const {users, hub, sessions} = services;
  const {user, binding} = context;
  const number = textOf(body['called']);
  if (typeof body['caller'] !== 'string' || number === undefined) return {code: API_CODE.badParameter};
  if (body['caller'] !== user) return {code: API_CODE.notAllowed};
  const [asker, called] = [users.get(user), users.get(number)];
  if (!asker) return {code: API_CODE.caller};
  if (!called) return {code: API_CODE.userDoesNotExist};
  if (called === asker) return {code: API_CODE.callee};
  if (called.camera === false) return {code: API_CODE.noVideo};
  if (hub.bindings(number).length === 0) return {code: API_CODE.numberNotRegistered};
  if (!binding) return {code: API_CODE.notRegistered};
  if (sessions.areFullFor(user)) return {code: API_CODE.sessionNotCreated};
  return place(services, context, new Monitoring(services, {asker, binding, called}));
}

/**
 * Handles a request to show a member's video to others, allowed for participants, the session's maker and dispatchers.
 */
function transferVideo(services: CallServices, {body}: ApiRequest, context: ApiContext): Answer {
  const {users, hub, sessions} = services;
  const {user, binding} = context;
  const [cid, member] = [textOf(body['srccid']), textOf(body['srcnumber'])];
  const numbers = distinctOf(body['calleds']);
  if (cid === undefined || member === undefined || numbers.length === 0) return {code: API_CODE.badParameter};
  const session = sessions.get(cid);
  if (!session) return {code: API_CODE.sessionNotFound};
  if (!('conversation' in session)) return {code: API_CODE.wrongCallType};
  if (!session.has(user) && !session.controls(user) && !users.dispatches(user))
    return {code: API_CODE.notAllowed};
  const {conversation} = session;
  const leg = conversation?.legOf(member);
  if (!conversation || !leg)
    return {code: session.has(member) ? API_CODE.notConnected : API_CODE.memberNotFound};
  if (!leg.media.video.flow.sends) return {code: API_CODE.videoNotSent};
  const viewers = numbers.map((number) => users.get(number));
  if (!viewers.every((viewer) => viewer !== undefined)) return {code: API_CODE.userDoesNotExist};
  if (numbers.includes(member)) return {code: API_CODE.callee};
  if (!numbers.some((number) => hub.bindings(number).length > 0)) return {code: API_CODE.numberNotRegistered};
  const asker = users.get(user);
  if (!asker || !binding) return {code: API_CODE.notRegistered};
  if (sessions.areFullFor(user)) return {code: API_CODE.sessionNotCreated};
  const group = {
    number: textOf(body['sessnum']) ?? member,
    name: sessionName(body['sessname'], users.get(member)?.name ?? ''),
  };
  const refused = group.number === member ? undefined : numberRefusal(services, group.number);
  if (refused) return refused;
  const options = {asker, binding, conversation, member, leg, viewers, group};
  return place(services, context, new MemberVideo(services, options));
}

/** Handles a dispatcher's operation on a call of others; 1119 for other users. */
async function operate(
  services: CallServices,
  {body}: ApiRequest,
  context: ApiContext,
): Promise<Awaited<Answer>> {
  const {users} = services;
  const operation = numberOf(body['CallOpType']);
  const [number, cid = ''] = [textOf(body['called']), body['cid']];
  const known = (Object.values(CALL_OPERATION) as (number | undefined)[]).includes(operation);
  if (!known || number === undefined || typeof cid !== 'string') return {code: API_CODE.badParameter};
  if (!users.dispatches(context.user)) return {code: API_CODE.notADispatcher};
  const [user, called] = [users.get(context.user), users.get(number)];
  if (!called || !user) return {code: API_CODE.userDoesNotExist};
  const asked = find(services, number, cid);
  if ('code' in asked) return asked;
  await asked.conversation.supervisors.away(user.number);
  // By now the call may be over.
  const found = find(services, number, cid);
  if ('code' in found) return found;
  const {conversation} = found;
  switch (operation) {
    case CALL_OPERATION.remove:
      conversation.putOut(number);
      return {code: API_CODE.none};
    case CALL_OPERATION.removeOther: {
      const other = conversation.otherThan(number);
      // With several others, it is unclear which one is meant.
      if (other === undefined) return {code: API_CODE.wrongCallType};
      conversation.putOut(other);
      return {code: API_CODE.none};
    }
  }
  if (conversation.has(user.number) || conversation.supervisors.has(user.number))
    return {code: API_CODE.wrongSessionState};
  const {binding} = context;
  if (!binding) return {code: API_CODE.notRegistered};
  const type = operation === CALL_OPERATION.bargeIn ? CALL_TYPE.bargeIn : CALL_TYPE.monitor;
  const supervisor = conversation.supervisors.add(conversation, {
    cid: found.cid,
    type,
    user,
    binding,
    called,
  });
  return place(services, context, supervisor);
}

/** Returns the call of a number and the session that it belongs to, or the code that refuses the request. */
function find(
  {sessions}: CallServices,
  number: string,
  cid: string,
): {readonly cid: string; readonly conversation: Conversation} | {readonly code: number} {
  if (cid === '') {
    const fitting = new Map<Conversation, string>();
    for (const session of sessions.all())
      if (session.conversation?.legOf(number)) fitting.set(session.conversation, session.cid);
    const [only, ...more] = fitting;
    return only && more.length === 0 ? {conversation: only[0], cid: only[1]} : {code: API_CODE.noFittingCall};
  }
  const session = sessions.get(cid);
  if (!session) return {code: API_CODE.sessionNotFound};
  if (!('conversation' in session)) return {code: API_CODE.wrongCallType};
  const {conversation} = session;
  if (!conversation) return {code: API_CODE.wrongSessionState};
  if (!conversation.has(number)) return {code: API_CODE.memberNotFound};
  return conversation.legOf(number) ? {conversation, cid} : {code: API_CODE.notConnected};
}
