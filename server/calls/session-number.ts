import {API_CODE} from '../../src/dispatch/protocol.js';
import {isSessionNumber} from '../api/parameters.js';
import {runningIntercom} from '../intercom/intercom.js';
import type {Refused} from './asked.js';
import type {CallServices} from './call-services.js';

/**
 * Refuses a number that a request chooses for its session, if it fits into no address, or belongs to a user or an
 * intercom group, in whose name the session would call, or to the PBX: who calls back would change a setting.
 */
export function numberRefusal(services: CallServices, number: string): Refused | undefined {
  if (!isSessionNumber(number)) return {code: API_CODE.badParameter};
  const {users, pbx} = services;
  if (pbx.answersAt(number)) return {code: API_CODE.groupExists};
  const taken = users.get(number) ?? users.intercom(number) ?? runningIntercom(services, number);
  return taken && {code: API_CODE.groupExists};
}

/** Returns a number for a session whose asker chose none. */
export function allottedNumber(services: CallServices): string {
  let number: string;
  do number = services.sessions.newNumber();
  while (numberRefusal(services, number));
  return number;
}
