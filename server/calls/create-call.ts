import {API_CODE, CALL_TYPE, MEDIA_TYPE} from '../../src/dispatch/protocol.js';
import type {ApiContext, ApiHandler, ApiRequest} from '../api/handlers.js';
import {listOf, numberOf, textOf} from '../api/parameters.js';
import type {MediaKind} from '../media/index.js';
import type {Asked, Refused} from './asked.js';
import type {CallServices} from './call-services.js';
import {createConference} from '../conference/create-conference.js';
import {createIntercom} from '../intercom/intercom-requests.js';
import {place} from './place.js';
import {createSingleCall} from './single-call.js';

/** Call types of docs/protocol/numbers.md#call-types for calls of two. */
const SINGLE: readonly number[] = [
  CALL_TYPE.single,
  CALL_TYPE.singleEnhanced,
  CALL_TYPE.urgent,
  CALL_TYPE.sos,
];

/** Call types of docs/protocol/numbers.md#call-types for groups. */
const MANY: readonly number[] = [CALL_TYPE.temporaryConference, CALL_TYPE.broadcast];

/** Call types that can play a file. */
const FILE_PLAY: readonly number[] = [...SINGLE, ...MANY, CALL_TYPE.filePlay];

const KINDS: ReadonlyMap<number, readonly MediaKind[]> = new Map([
  [MEDIA_TYPE.audio, ['audio']],
  [MEDIA_TYPE.video, ['audio', 'video']],
]);

/** Answers `session.createcall` (docs/protocol/calls.md#beginning). */
export function createCall(services: CallServices): ApiHandler {
  return (request, context) => {
    const asked = check(services, request, context);
    if ('code' in asked) return asked;
    if (asked.type === CALL_TYPE.temporaryIntercom) return createIntercom(services, request, context, asked);
    if (MANY.includes(asked.type)) return createConference(services, request, context, asked);
    return createSingle(services, context, asked);
  };
}

/** Answers `session.createcall.playfile`: a file turns a single call into a conference. */
export function createCallPlayFile(services: CallServices): ApiHandler {
  return async (request, context) => {
    const id = textOf(request.body['FileID']);
    const asked = check(services, request, context, FILE_PLAY);
    if ('code' in asked) return asked;
    if (id === undefined) return {code: API_CODE.badParameter};
    return createConference(services, request, context, asked, id);
  };
}

function createSingle(
  services: CallServices,
  context: ApiContext,
  {members: [number = '', ...others], ...asked}: Asked,
): Refused | Promise<undefined> {
  if (others.length > 0) return {code: API_CODE.badParameter};
  if (services.users.intercom(number)) return {code: API_CODE.intercomGroupCannotBeCalled};
  const called = services.users.get(number);
  if (!called) return {code: API_CODE.userDoesNotExist};
  if (called === asked.asker) return {code: API_CODE.callee};
  if (services.hub.bindings(number).length === 0 && !services.pushes.wakes(number))
    return {code: API_CODE.numberNotRegistered};
  return place(services, context, createSingleCall(services, asked, called));
}

/** Checks a request. Returns its content, or the code that refuses it (docs/protocol/numbers.md#codes). */
function check(
  {users, sessions}: CallServices,
  {body}: ApiRequest,
  {user, binding}: ApiContext,
  types: readonly number[] = [...SINGLE, ...MANY, CALL_TYPE.temporaryIntercom],
): Asked | Refused {
  const {caller} = body;
  const type = numberOf(body['ctype']);
  const kinds = KINDS.get(
    body['isVideo'] === undefined ? MEDIA_TYPE.audio : (numberOf(body['isVideo']) ?? -1),
  );
  const members = listOf(body['members']);
  if (typeof caller !== 'string' || type === undefined || !kinds) return {code: API_CODE.badParameter};
  if (members.length === 0) return {code: API_CODE.badParameter};
  if (caller !== user) return {code: API_CODE.notAllowed};
  if (!types.includes(type)) return {code: isCallType(type) ? API_CODE.operationFailed : API_CODE.type};
  const asker = users.get(user);
  if (!asker) return {code: API_CODE.caller};
  if (!binding) return {code: API_CODE.notRegistered};
  if (sessions.areFullFor(user)) return {code: API_CODE.sessionNotCreated};
  return {type, kinds, asker, binding, members};
}

const isCallType = (type: number): boolean =>
  type !== CALL_TYPE.none && (Object.values(CALL_TYPE) as number[]).includes(type);
