import type {SipCall} from './call.js';
import type {AddedCall} from '../server/call-service.js';

/**
 * Replaces a call with an incoming one to which the other side has handed it over (RFC 3891). The new call is answered
 * immediately, muted if the old one was, and with video if the old one sent it; then the old one ends. If the new call
 * cannot be answered, the old one continues.
 */
export async function takePlace(call: SipCall, replaced: AddedCall): Promise<void> {
  const {muted} = replaced.call.state;
  try {
    if (muted) await call.mute();
    await call.answer({media: showsCamera(replaced.call) ? 'video' : 'audio'});
  } catch {
    return;
  }
  replaced.control.release({by: 'remote', code: 'normal'});
}

/** Whether the call sends this side's camera: only then may the next one open it. */
export function showsCamera({state, localStream}: SipCall): boolean {
  return !state.sharing && !state.cameraOff && (localStream?.getVideoTracks().length ?? 0) > 0;
}
