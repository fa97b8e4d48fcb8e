import {isIntercomType, isLookedAt} from './call-kinds.js';
import type {SipCall} from './call.js';

/** Whether a call rings here and waits to be answered. */
export function isWaiting({direction, state}: SipCall): boolean {
  return direction === 'incoming' && state.phase === 'ringing';
}

/**
 * The call that a person most likely means: the one that was chosen last, otherwise the newest one that is not held, then
 * the newest one that is; one that only rings here does not come before one that does not. What is only looked at, by this
 * side or by others, is none of them, and an intercom stands beside them.
 *
 * @param chosen - The call that was made, answered or gone on with last.
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
