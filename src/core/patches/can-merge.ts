import type {SipCall} from '../call/call.js';
import {isIntercomType, isOfTwo} from '../call-kinds.js';
import type {CallType} from '../types.js';

/** Whether a call is answered and sends audio. */
export function sendsAudio({state, localStream}: SipCall): boolean {
  return state.phase === 'answered' && !!localStream?.getAudioTracks().length;
}

/** Whether a call can be merged: it is a call of two, is answered, sends audio, and is in no patch of the page. */
export function canMerge(call: SipCall): boolean {
  const {patch, merged} = call.state;
  return isOfTwo(call.type) && sendsAudio(call) && (!patch || !!merged);
}

/** Whether a call of the type can be a member of a patch: a call of two, a conference or an intercom. */
export function canPatch(type: CallType): boolean {
  return isOfTwo(type) || type === 'conference' || isIntercomType(type);
}

/** Whether a call can become a member of a patch now. */
export function isPatchable(call: SipCall): boolean {
  return canPatch(call.type) && sendsAudio(call) && !call.state.patch;
}
