import {toSipError} from '../../errors.js';
import type {SipCall} from './call.js';
import type {Referral} from '../server/dialog.js';

/**
 * Follows a REFER: places a call, reports its progress, and ends the old call when the new one is answered. If the new
 * call fails, the old one continues.
 *
 * @param place - Places the new call.
 */
export async function followReferral(
  old: SipCall,
  referral: Referral,
  place: () => Promise<SipCall>,
): Promise<void> {
  const {held, muted} = old.state;
  const failed = (status: number): void => {
    referral.report(status);
    if (!held && old.state.phase === 'answered') void old.unhold().catch(() => {});
  };
  let call: SipCall;
  try {
    call = await place();
  } catch (error) {
    return failed(toSipError(error).status ?? 480);
  }
  // A muted user stays muted in the new call.
  if (muted) void call.mute().catch(() => {});
  let rings = false;
  const follow = (): void => {
    const {phase, cause} = call.state;
    if (phase === 'ringing' && !rings) {
      rings = true;
      referral.report(180);
    }
    if (phase !== 'answered' && phase !== 'released') return;
    call.removeEventListener('statechange', follow);
    if (phase === 'released') return failed(cause?.status ?? (cause?.by === 'local' ? 487 : 480));
    referral.report(200);
    void old.hangup().catch(() => {});
  };
  call.addEventListener('statechange', follow);
  follow();
}
