import {API_CODE} from '../../src/dispatch/protocol.js';
import type {ApiHandler} from '../api/handlers.js';
import type {CallServices} from './call-services.js';

/** Answers `operate.forceend.call`: ends a session for all if the user may do so (docs/protocol/calls.md#the-end). */
export function forceEnd({sessions}: CallServices): ApiHandler {
  return ({body}, {user}) => {
    const {cid = ''} = body;
    if (typeof cid !== 'string') return {code: API_CODE.badParameter};
    if (cid === '') return {code: API_CODE.noCid};
    const session = sessions.get(cid);
    if (!session) return {code: API_CODE.sessionNotFound};
    if (!session.controls(user)) return {code: API_CODE.notAllowed};
    void session.end();
    return {code: API_CODE.none};
  };
}
