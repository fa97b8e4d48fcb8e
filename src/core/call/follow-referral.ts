import {toSipError} from '../../errors.js';
import type {SipCall} from './call.js';
import type {Referral} from '../server/dialog.js';

/**
 * Does what a REFER asked for: makes a call, tells how it goes, and ends the one that asked when the new one stands. Where
 * it comes to nothing that one goes on.
 *
 * @param place - Makes the new call.
 */
export async function followReferral(
  old: SipCall,
  referral: Referral,
  place: () => Promise<SipCall>,
): Promise<void> {
  const {held, muted} = old.state;
  const failed = (status: number): void => {
    referral.tell(status);
    if (!held && old.state.phase === 'answered') void old.unhold().catch(() => {});
  };
  let call: SipCall;
  try {
    call = await place();
  } catch (error) {
    return failed(toSipError(error).status ?? 480);
  }
  // Whoever is not to be heard here is not to be heard there.
  if (muted) void call.mute().catch(() => {});
  let rings = false;
  const follow = (): void => {
    const {phase, cause} = call.state;
    if (phase === 'ringing' && !rings) {
      rings = true;
      referral.tell(180);
    }
    if (phase !== 'answered' && phase !== 'released') return;
    call.removeEventListener('statechange', follow);
    if (phase === 'released') return failed(cause?.status ?? (cause?.by === 'local' ? 487 : 480));
    referral.tell(200);
    void old.hangup().catch(() => {});
  };
  call.addEventListener('statechange', follow);
  follow();
}
