import type {SipCall} from '../call/call.js';
import type {Capabilities} from '../types.js';
import {isConference} from './is-conference.js';

/** What decides whether members can be called: a client's server, and its calls. */
interface Inviter {
  readonly capabilities: Capabilities;
  readonly state: {readonly calls: readonly SipCall[]};
}

/** Whether members can be called into a new conference. */
export function callsMembers({capabilities}: Pick<Inviter, 'capabilities'>): boolean {
  const {conference, rooms, members} = capabilities;
  return conference && (members || !rooms);
}

/** Whether members can be called into a conference, new or current. */
export function canInvite(client: Inviter): boolean {
  return (
    callsMembers(client) ||
    client.state.calls.some((call) => isConference(call) && !!call.state.abilities?.members)
  );
}
