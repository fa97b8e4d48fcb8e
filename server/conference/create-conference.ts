import {API_CODE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {ApiContext, ApiRequest} from '../api/handlers.js';
import {sessionName, textOf} from '../api/parameters.js';
import type {UserRecord} from '../users.js';
import type {CallServices} from '../calls/call-services.js';
import {Conference, MOST_MEMBERS} from './conference.js';
import type {Asked, Refused} from '../calls/asked.js';
import {openFile} from '../calls/open-file.js';
import {place} from '../calls/place.js';
import {allottedNumber, numberRefusal} from '../calls/session-number.js';

/**
 * Creates a conference or a broadcast, or refuses it. Users who are not registered become members who do not answer; if
 * none is registered, there is no conference.
 *
 * @param fileId - The file that is played to it.
 */
export async function createConference(
  services: CallServices,
  request: ApiRequest,
  context: ApiContext,
  {members: numbers, ...asked}: Asked,
  fileId?: string,
): Promise<Refused | undefined> {
  const group = groupOf(services, request, {...asked, members: numbers});
  if ('code' in group) return group;
  const {number, name, members} = group;
  const file = fileId === undefined ? undefined : await openFile(services, fileId, asked.kinds);
  if (file && 'code' in file) return file;
  const conference = new Conference(services, {...asked, members, group: {number, name}, file});
  // For these types the reply contains the session's number (docs/protocol/clients.md#replies).
  return place(services, context, conference, {sessnum: number});
}

/** The members to call together, with the group's number and name. */
export interface CalledGroup {
  readonly number: string;
  readonly name: string;
  /** The others. */
  readonly members: readonly UserRecord[];
}

/** The calls in which the callee sees who needs help: their number and name are not for the asker to choose. */
const ALARMS: readonly number[] = [CALL_TYPE.urgent, CALL_TYPE.sos];

/** Checks the members to call together with the asker, and the group's number and name. */
export function groupOf(
  services: CallServices,
  {body}: ApiRequest,
  {type, asker, members: numbers}: Pick<Asked, 'type' | 'asker' | 'members'>,
): CalledGroup | Refused {
  const {users, hub} = services;
  const chosen = textOf(body['sessnum']);
  const refused = chosen === undefined ? undefined : numberRefusal(services, chosen);
  if (refused) return refused;
  const alarm = ALARMS.includes(type);
  const number = (alarm ? undefined : chosen) ?? allottedNumber(services);
  const name = alarm ? asker.name : sessionName(body['sessname'], asker.name);
  const others = [...new Set(numbers)].filter((each) => each !== asker.number);
  if (others.length >= MOST_MEMBERS) return {code: API_CODE.badParameter};
  if (others.some((each) => users.intercom(each))) return {code: API_CODE.intercomGroupCannotBeCalled};
  const members = others.map((each) => users.get(each));
  if (!members.every((member) => member !== undefined)) return {code: API_CODE.userDoesNotExist};
  if (members.length === 0) return {code: API_CODE.callee};
  if (!others.some((each) => hub.bindings(each).length > 0)) return {code: API_CODE.numberNotRegistered};
  return {number, name, members};
}
