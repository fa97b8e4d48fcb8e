import {isIntercomType, isLookedAt} from '../call-kinds.js';
import type {SipCall} from './call.js';

/** Whether an incoming call rings and waits for an answer. */
export function isWaiting({direction, state}: Pick<SipCall, 'direction' | 'state'>): boolean {
  return direction === 'incoming' && state.phase === 'ringing';
}

/** Whether a call is in progress: neither over, nor incoming and not answered yet. */
export function isActive(call: SipCall): boolean {
  return call.state.phase !== 'released' && !isWaiting(call);
}

/**
 * Returns the call that the user most likely means: the one chosen last, otherwise the newest one that is not held,
 * then the newest held one; incoming calls that ring come last. Monitoring calls and intercoms are excluded.
 *
 * @param chosen - The call that was the last to be placed, answered or resumed.
 */
export function newestCall(calls: readonly SipCall[], chosen?: SipCall): SipCall | undefined {
  const heard = calls.filter(
    ({state, type}) =>
      !isLookedAt(type) && !isIntercomType(type) && (!state.quiet || state.phase === 'answered'),
  );
  const stand = heard.filter((call) => !isWaiting(call));
  if (chosen && stand.includes(chosen)) return chosen;
  return stand.findLast(({state}) => !state.held) ?? stand.at(-1) ?? heard.at(-1);
}
