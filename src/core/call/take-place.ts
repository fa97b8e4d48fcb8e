import {isIntercomType} from '../call-kinds.js';
import type {SipCall} from './call.js';
import type {KeptCall} from './call-init.js';
import type {AddedCall} from './create-call.js';
import type {Dialog, DialogMedia} from '../server/dialog.js';
import {until} from '../util/state-target.js';

/** Whether a call may be handed over: one on hold may not, because its user would be heard by someone else at once. */
export function mayBeReplaced({call}: AddedCall): boolean {
  return !call.state.held;
}

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
    keepQuality(call, replaced.call);
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
  const {audio, video} = dialog.offered;
  try {
    // Silent, because the user may mute or hold the call meanwhile.
    const opens = {audio: hasMicrophone(call), video: showsCamera(call)};
    await dialog.accept({audio, video, opens, silent: true});
    const {muted, held, unheard} = call.state;
    dialog.setUnheard(unheard);
    if (opens.video && !showsCamera(call)) await dialog.setCameraOff(true);
    if (!muted && !held) await dialog.setMuted(false);
    control.moveTo(dialog);
    keepQuality(call, call);
    if (!held) return;
    await dialog.setHeld(true);
    if (!muted) await dialog.setMuted(false);
  } catch {
    // What could not be restored shows in the call's state: it stays muted.
  }
}

/** Sends media as the page has set it for the call before. What the other side does not accept is the browser's choice again. */
function keepQuality(call: SipCall, {sending}: SipCall): void {
  if (Object.keys(sending).length > 0) call.setQuality(sending).catch(() => {});
}

/** The media with which a call of an earlier page continues. */
export function mediaOf({type, video, microphone, camera, muted, held}: KeptCall): DialogMedia {
  const silent = muted || held || isIntercomType(type);
  return {audio: true, video, opens: {audio: microphone, video: camera}, silent};
}

/** Resolves once the other side of a call of an earlier page takes part again, or the call has ended. */
export async function settled(call: SipCall): Promise<void> {
  await until(call, () => !call.continued || call.state.phase === 'released');
}

/** Restores what a call had on an earlier page, once its other side takes part again. What cannot be restored shows in its state. */
export async function restore(call: SipCall, {held, muted, recording}: KeptCall): Promise<void> {
  await settled(call);
  try {
    if (held) await call.hold();
    if (recording) await call.startRecording();
    if (held && !muted) await call.unmute();
  } catch {
    // The call has ended, or goes on without it.
  }
}

/** Whether the call has this side's microphone, muted or not. */
export function hasMicrophone({localStream}: SipCall): boolean {
  return (localStream?.getAudioTracks().length ?? 0) > 0;
}

/** Whether the call sends this side's camera: only then may the next one open it. */
export function showsCamera({state, localStream}: SipCall): boolean {
  return !state.sharing && !state.cameraOff && (localStream?.getVideoTracks().length ?? 0) > 0;
}
