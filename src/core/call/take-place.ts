import type {SipCall} from './call.js';
import type {AddedCall} from '../server/call-service.js';

/**
 * Lets a call that came in take the place of another one, which its other side has handed over (RFC 3891): it is answered
 * at once, as muted as the other was and with a picture where one was sent; then the other one is over. Where it cannot be
 * answered the other one goes on.
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

/** Whether the call shows this side's camera: only then may the next one open it. */
export function showsCamera({state, localStream}: SipCall): boolean {
  return !state.sharing && !state.cameraOff && (localStream?.getVideoTracks().length ?? 0) > 0;
}
