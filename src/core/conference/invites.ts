import type {BaseClient} from '../client/client.js';
import {isConference} from './is-conference.js';

/** Whether members can be called into a new conference. */
export function callsMembers({capabilities}: BaseClient): boolean {
  const {conference, rooms, members} = capabilities;
  return conference && (members || !rooms);
}

/** Whether members can be called into a conference, new or current. */
export function canInvite(client: BaseClient): boolean {
  return (
    callsMembers(client) ||
    client.state.calls.some((call) => isConference(call) && !!call.state.abilities?.members)
  );
}
