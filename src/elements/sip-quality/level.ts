import type {SipCall} from '../../core/call/call.js';

/** The level of the quality; `unknown` before it was measured, and on hold. */
export type QualityLevel = 'good' | 'fair' | 'poor' | 'bad' | 'stalled' | 'unknown';

/**
 * The lowest MOS of a level: users are satisfied, some are dissatisfied, many are dissatisfied (ITU-T G.107 table B.1).
 */
const VOICE = {good: 4.02, fair: 3.6, poor: 3.1};
/** The highest packet loss of a level, for a call without voice. */
const LOSS = {good: 0.01, fair: 0.03, poor: 0.08};

/** Returns the current quality level of a call. */
export function levelOf({quality, state}: SipCall): QualityLevel {
  if (state.stalled) return 'stalled';
  if (!quality || state.held || state.remoteHeld) return 'unknown';
  const {mos, loss, received} = quality;
  if (mos !== undefined)
    return mos >= VOICE.good ? 'good' : mos >= VOICE.fair ? 'fair' : mos >= VOICE.poor ? 'poor' : 'bad';
  if (received.audio || !received.video) return 'unknown';
  return loss <= LOSS.good ? 'good' : loss <= LOSS.fair ? 'fair' : loss <= LOSS.poor ? 'poor' : 'bad';
}
