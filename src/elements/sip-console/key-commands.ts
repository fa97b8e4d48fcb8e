import type {SipCall} from '../../core/call/call.js';
import {isLine} from '../../core/call-kinds.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {answered} from '../shared/calls/answer-controls.js';
import {callToReturnTo, inOrder, isQueued} from '../sip-queue/queue-order.js';

/** Answers the most urgent call that waits, and holds the active one; does nothing if none waits. */
export async function answerFirst(client: BaseClient): Promise<void> {
  const first = inOrder(client.calls.filter(isQueued)).find(isWaiting);
  if (first) await answered(first, first.media);
}

/** Whether there is a call to hold, or one to return to. */
export function canHoldOrReturn(client: BaseClient): boolean {
  return !!(activeCall(client) ?? callToReturnTo(client));
}

/** Holds the active call, or returns to the one that waits on hold. */
export async function holdOrReturn(client: BaseClient): Promise<void> {
  const active = activeCall(client);
  if (active) return active.hold();
  const before = callToReturnTo(client);
  if (before) await client.activate(before);
}

function activeCall({calls}: BaseClient): SipCall | undefined {
  return calls.findLast(
    (call) => call.state.phase === 'answered' && isLine(call.type) && !isIntercom(call) && !call.state.held,
  );
}
