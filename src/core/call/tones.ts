import {SipError} from '../../errors.js';

/** How tones are sent: as RTP events (RFC 4733), as SIP INFO, or by the first way that works at the moment. */
export type DtmfMethod = 'auto' | 'rfc4733' | 'info';

/** Every tone there is (ITU-T Q.23); `,` is none: a pause of two seconds. */
const TONES = /^[0-9A-D*#,]+$/;

/**
 * The tones as they are sent: `a`–`d` in capitals, blanks and hyphens, which people write into numbers, left out.
 *
 * @throws {SipError} `bad-parameter` where anything else is among them, or nothing at all.
 */
export function checkTones(tones: string): string {
  const checked = String(tones).replace(/[\s-]/g, '').toUpperCase();
  if (!TONES.test(checked)) throw new SipError('bad-parameter', {subject: `tones “${String(tones)}”`});
  return checked;
}
