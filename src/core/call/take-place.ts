import type {SipCall} from './call.js';
import type {AddedCall} from '../server/call-service.js';
import type {Dialog} from '../server/dialog.js';

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

/**
 * Continues a call with a dialog in which its other side has come back, such as after the reload of its page (RFC 3891).
 * If the dialog cannot be answered, the call continues with its own.
 */
export async function moveTo({call, control}: AddedCall, dialog: Dialog): Promise<void> {
  const {muted, held} = call.state;
  const {audio, video} = dialog.offered;
  try {
    if (muted) await dialog.setMuted(true);
    await dialog.accept({audio, video, opens: {audio: true, video: showsCamera(call)}});
    if (held) await dialog.setHeld(true);
  } catch {
    if (dialog.state.phase === 'terminated') return;
  }
  control.moveTo(dialog);
}

/** Whether the call sends this side's camera: only then may the next one open it. */
export function showsCamera({state, localStream}: SipCall): boolean {
  return !state.sharing && !state.cameraOff && (localStream?.getVideoTracks().length ?? 0) > 0;
}
