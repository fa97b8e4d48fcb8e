import type {SipCall} from '../../core/call/call.js';

/** Whether this side sends a picture. */
export function sendsVideo(call: SipCall): boolean {
  const {video} = call.state.media;
  return video === 'sendrecv' || video === 'sendonly';
}

/** Whether this side is to get a picture. */
export function getsVideo(call: SipCall): boolean {
  const {video} = call.state.media;
  return video === 'sendrecv' || video === 'recvonly';
}

/** Whether one of the two sides holds. */
export function isHeld(call: SipCall): boolean {
  return call.state.held || call.state.remoteHeld;
}
