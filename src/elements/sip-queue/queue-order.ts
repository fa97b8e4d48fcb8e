import type {SipCall} from '../../core/call/call.js';
import {isLine, isLookedAt, isUrgent} from '../../core/call-kinds.js';
import type {BaseClient} from '../../core/client/client.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {isConference} from '../../core/conference/is-conference.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import type {TabCall} from '../../core/tabs/tab-call.js';
import {canMerge, sendsAudio} from '../../core/patches/can-merge.js';

/** Whether the queue shows a call: not a camera that is watched, nor a talk group that is joined. */
export function isQueued(call: SipCall | TabCall): boolean {
  const {state, type, direction} = call;
  if (state.quiet && state.phase !== 'answered') return false;
  return isWaiting(call) || !(isIntercom(call) || (isLookedAt(type) && direction === 'outgoing'));
}

/** Returns the calls as they come one after the other: SOS, urgent, waiting, running, on hold. Those of a kind stay in order. */
export function inOrder(calls: readonly SipCall[]): readonly SipCall[] {
  return [...calls].sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf(call: SipCall): number {
  if (isWaiting(call)) return call.type === 'sos' ? 0 : isUrgent(call.type) ? 1 : 2;
  return call.state.held ? 4 : 3;
}

/** Whether a conference can be made of a call, with others. */
export function canConfer(call: SipCall): boolean {
  const running = isConference(call) && call.type === 'conference' && !call.state.patch;
  return canMerge(call) || (running && sendsAudio(call));
}

/** Makes one conference of calls; a conference among them is connected with the others. */
export async function confer(client: BaseClient, calls: readonly SipCall[]): Promise<void> {
  if (calls.every(canMerge)) await client.merge(calls);
  else await client.patch(calls);
}

/**
 * Returns the call to which the user returns: the one that an SOS has interrupted, or else the conference or call that is on
 * hold; undefined while the user speaks elsewhere.
 */
export function callToReturnTo(client: BaseClient, from?: SipCall): SipCall | undefined {
  const others = client.calls.filter(
    (call) => call !== from && isLine(call.type) && call.state.phase === 'answered',
  );
  if (others.some(({state}) => !state.held)) return undefined;
  return (
    others.findLast(({state}) => state.sound.interrupted) ??
    others.findLast((call) => isConference(call)) ??
    others.at(-1)
  );
}

/** Ends a call, unless it is over, and returns to another one. */
export async function returnTo(client: BaseClient, call: SipCall, from?: SipCall): Promise<void> {
  const {interrupted} = call.state.sound;
  if (from) await from.hangup();
  // What the call has interrupted resumes by itself.
  if (!from || !interrupted) await client.activate(call);
}
