import {SipError} from '../../errors.js';

/** How DTMF tones are sent: as RTP events (RFC 4733), as SIP INFO, or by the first of them that works at the moment. */
export type DtmfMethod = 'auto' | 'rfc4733' | 'info';

/** All DTMF tones (ITU-T Q.23); `,` is not a tone but a pause of two seconds. */
const TONES = /^[0-9A-D*#,]+$/;

/**
 * Returns the tones as they are sent: `a`–`d` in capitals, without the blanks and hyphens that users write in numbers.
 *
 * @throws {SipError} `bad-parameter` if there is any other character, or no tone at all.
 */
export function checkTones(tones: string): string {
  const checked = String(tones).replace(/[\s-]/g, '').toUpperCase();
  if (!TONES.test(checked)) throw new SipError('bad-parameter', {subject: `tones “${String(tones)}”`});
  return checked;
}
