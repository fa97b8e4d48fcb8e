import type {SipCall} from '../../core/call/call.js';

/** How good the quality is in a word; `unknown` before it was measured, and on hold. */
export type QualityLevel = 'good' | 'fair' | 'poor' | 'bad' | 'stalled' | 'unknown';

/** The lowest MOS of a level: users are satisfied, some are not, many are not (ITU-T G.107 table B.1). */
const VOICE = {good: 4.02, fair: 3.6, poor: 3.1};
/** The highest packet loss of a level, where there is no voice to be judged. */
const LOSS = {good: 0.01, fair: 0.03, poor: 0.08};

/** The quality of a call at this moment. */
export function levelOf({quality, state}: SipCall): QualityLevel {
  if (state.stalled) return 'stalled';
  if (!quality || state.held || state.remoteHeld) return 'unknown';
  const {mos, loss, received} = quality;
  if (mos !== undefined)
    return mos >= VOICE.good ? 'good' : mos >= VOICE.fair ? 'fair' : mos >= VOICE.poor ? 'poor' : 'bad';
  if (received.audio || !received.video) return 'unknown';
  return loss <= LOSS.good ? 'good' : loss <= LOSS.fair ? 'fair' : loss <= LOSS.poor ? 'poor' : 'bad';
}
