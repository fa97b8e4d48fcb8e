import {API_CODE} from '../../src/dispatch/protocol.js';
import type {ApiContext, ApiRequest} from '../api/handlers.js';
import {isSessionNumber, sessionName, textOf} from '../api/parameters.js';
import type {UserRecord} from '../users.js';
import type {CallServices} from '../calls/call-services.js';
import {Conference, MOST_MEMBERS} from './conference.js';
import type {Asked, Refused} from '../calls/asked.js';
import {openFile} from '../calls/open-file.js';
import {place} from '../calls/place.js';

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
  const group = groupOf(services, request, {asker: asked.asker, members: numbers});
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

/** Checks the members to call together with the asker. */
export function groupOf(
  {users, hub, sessions}: CallServices,
  {body}: ApiRequest,
  {asker, members: numbers}: Pick<Asked, 'asker' | 'members'>,
): CalledGroup | Refused {
  const number = textOf(body['sessnum']) ?? sessions.newNumber();
  const name = sessionName(body['sessname'], asker.name);
  const others = [...new Set(numbers)].filter((each) => each !== asker.number);
  if (!isSessionNumber(number) || others.length >= MOST_MEMBERS) return {code: API_CODE.badParameter};
  if (others.some((each) => users.intercom(each))) return {code: API_CODE.intercomGroupCannotBeCalled};
  const members = others.map((each) => users.get(each));
  if (!members.every((member) => member !== undefined)) return {code: API_CODE.userDoesNotExist};
  if (members.length === 0) return {code: API_CODE.callee};
  if (!others.some((each) => hub.bindings(each).length > 0)) return {code: API_CODE.numberNotRegistered};
  return {number, name, members};
}
