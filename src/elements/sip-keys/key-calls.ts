import {isLine} from '../../core/call-kinds.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {dialed} from '../shared/people/dial-field.js';

/** How a person or a group concerns the user: by a call that rings here, is placed, connected or on hold. */
export type KeyBond = 'sos' | 'waiting' | 'calling' | 'connected' | 'held';

/** Returns the call with a number: one that waits for an answer first. */
export function callWith(number: string, client: BaseClient): SipCall | undefined {
  const own = dialed(number, client);
  const calls = client.state.calls.filter(
    (call) =>
      call.remote.number === own && isLine(call.type) && !isIntercom(call) && call.state.phase !== 'released',
  );
  return calls.find(isWaiting) ?? calls.at(-1);
}

/** Returns what a call is for the key of its other side. */
export function bondOf(call: SipCall | undefined): KeyBond | undefined {
  if (!call) return undefined;
  if (isWaiting(call)) return call.type === 'sos' ? 'sos' : 'waiting';
  if (call.state.phase !== 'answered') return 'calling';
  return call.state.held ? 'held' : 'connected';
}
