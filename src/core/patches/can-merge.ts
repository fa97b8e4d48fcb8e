import type {SipCall} from '../call/call.js';
import {isOfTwo} from '../call-kinds.js';

/** Whether a call is answered and sends audio. */
export function sendsAudio({state, localStream}: SipCall): boolean {
  return state.phase === 'answered' && !!localStream?.getAudioTracks().length;
}

/** Whether a call can be merged: it is a call of two, is answered, sends audio, and is in no patch of the page. */
export function canMerge(call: SipCall): boolean {
  const {patch, merged} = call.state;
  return isOfTwo(call.type) && sendsAudio(call) && (!patch || !!merged);
}
