import type {SipCall} from '../../../core/call/call.js';

/** Whether this side sends video. */
export function sendsVideo(call: SipCall): boolean {
  const {video} = call.state.media;
  return video === 'sendrecv' || video === 'sendonly';
}

/** Whether this side receives video. */
export function getsVideo(call: SipCall): boolean {
  const {video} = call.state.media;
  return video === 'sendrecv' || video === 'recvonly';
}

/** Whether either side has put the call on hold. */
export function isHeld(call: SipCall): boolean {
  return call.state.held || call.state.remoteHeld;
}
