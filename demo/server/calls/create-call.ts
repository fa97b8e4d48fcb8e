import {API_CODE, CALL_TYPE, MEDIA_TYPE} from '../../../src/dispatch/protocol.js';
import type {ApiContext, ApiHandler, ApiReply, ApiRequest} from '../api/handlers.js';
import {reasonOf} from '../log.js';
import type {MediaKind} from '../media/index.js';
import type {CallServices} from './call-services.js';
import {listOf, numberOf} from '../api/parameters.js';
import {SingleCall, type SingleCallOptions} from './single-call.js';

/** Call types of §6 that are one call of two. */
const SINGLE: readonly number[] = [CALL_TYPE.single, CALL_TYPE.singleEnhanced];

const KINDS: ReadonlyMap<number, readonly MediaKind[]> = new Map([
  [MEDIA_TYPE.audio, ['audio']],
  [MEDIA_TYPE.video, ['audio', 'video']],
]);

/** How long a client has to read one socket before something follows on its other one, in milliseconds (§8.2). */
const CARRIER_LEAD = 150;

/** Answers `session.createcall` for calls of two (protocol page §4, §5). */
export function createCall(services: CallServices): ApiHandler {
  return async (request, context) => {
    const checked = check(services, request, context);
    if ('code' in checked) return checked;
    const call = new SingleCall(services, checked);
    const reply: ApiReply = {code: API_CODE.none, body: {cid: call.cid}};
    try {
      if (services.inviteOrder === 'reply-first') {
        await context.reply(reply);
        await lead(context);
        await call.inviteAsker();
      } else {
        await call.inviteAsker();
        await lead(context);
        await context.reply(reply);
      }
    } catch (error) {
      services.log(`call ${call.cid}: ${reasonOf(error)}`);
      void call.end();
    }
    return undefined;
  };
}

/** What a request comes to: a call that can be made, or the code that refuses it (protocol page §7). */
function check(
  {users, hub}: CallServices,
  {body}: ApiRequest,
  {user, binding}: ApiContext,
): SingleCallOptions | {readonly code: number} {
  const {caller, members} = body;
  const type = numberOf(body['ctype']);
  const kinds = KINDS.get(
    body['isVideo'] === undefined ? MEDIA_TYPE.audio : (numberOf(body['isVideo']) ?? -1),
  );
  const [number, ...others] = listOf(members);
  if (typeof caller !== 'string' || type === undefined || !kinds) return {code: API_CODE.badParameter};
  if (number === undefined) return {code: API_CODE.badParameter};
  if (caller !== user) return {code: API_CODE.notAllowed};
  if (!SINGLE.includes(type)) return {code: isCallType(type) ? API_CODE.operationFailed : API_CODE.type};
  if (others.length > 0) return {code: API_CODE.badParameter};
  const [asker, called] = [users.get(user), users.get(number)];
  if (!called) return {code: API_CODE.userDoesNotExist};
  if (!asker || called === asker) return {code: API_CODE.callee};
  if (!binding) return {code: API_CODE.notRegistered};
  if (hub.bindings(number).length === 0) return {code: API_CODE.numberNotRegistered};
  return {type, kinds, asker, called, binding};
}

const isCallType = (type: number): boolean =>
  type !== CALL_TYPE.none && (Object.values(CALL_TYPE) as number[]).includes(type);

/** Two sockets keep no order between them: what has to be read first gets a lead. */
function lead({carrier}: ApiContext): Promise<void> {
  if (carrier === 1) return Promise.resolve();
  return new Promise((resolve) => setTimeout(resolve, CARRIER_LEAD));
}
