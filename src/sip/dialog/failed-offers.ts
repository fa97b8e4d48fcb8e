import {sipDurations} from '../../durations/sip.js';

/**
 * Returns how long to wait after a 491 before repeating the offer, in milliseconds (RFC 3261 §14.1). The side that
 * created the Call-ID waits longer, 2.1 to 4 seconds instead of 0 to 2, so that the other side's offer goes first.
 */
export function glareDelay(ownsCallId: boolean): number {
  const units = ownsCallId ? 210 + Math.floor(Math.random() * 191) : Math.floor(Math.random() * 201);
  return units * sipDurations.glareUnit;
}

/** Whether the server cannot reach the other side at the moment (RFC 5626 §5.3, Kamailio's 477). */
export const isAbsent = (status: number): boolean => status === 430 || status === 477 || status === 480;

/** Whether a refusal may be temporary: the server has failed, or the other side is absent. */
export const passes = (status: number): boolean =>
  isAbsent(status) || (status >= 500 && status < 600 && status !== 501);
