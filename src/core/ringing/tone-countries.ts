import {SipError} from '../../errors.js';

/** The countries whose tones are known, by their ISO 3166-1 codes. */
export const TONE_COUNTRIES = [
  ...[
    'at',
    'au',
    'be',
    'br',
    'ch',
    'cn',
    'cz',
    'de',
    'dk',
    'es',
    'fi',
    'fr',
    'gb',
    'gr',
    'hu',
    'id',
    'il',
    'in',
  ],
  ...['it', 'jp', 'mx', 'my', 'nl', 'no', 'nz', 'pl', 'pt', 'ru', 'se', 'sg', 'tw', 'us', 'za'],
] as const;

/** A country whose tones are known. */
export type ToneCountry = (typeof TONE_COUNTRIES)[number];

/** Returns the country of a code in any case; China by default. @throws {SipError} `bad-parameter` */
export function checkedCountry(code: string | undefined): ToneCountry {
  const country = TONE_COUNTRIES.find((known) => known === String(code || 'cn').toLowerCase());
  if (!country) throw new SipError('bad-parameter', {subject: `tones “${String(code)}”`});
  return country;
}
