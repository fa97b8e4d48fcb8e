import {latinDigits} from '../../locales/latin-digits.js';

/** The units, with the size from which each is used. */
const UNITS = [
  [1e9, 'gigabyte'],
  [1e6, 'megabyte'],
  [1e3, 'kilobyte'],
] as const;

/** Formats a number of bytes: `12.4 MB`; with `perSecond` as a speed: `1.2 MB/s`. */
export function sizeText(bytes: number, language: string, perSecond = false): string {
  // Speeds are approximate: the smallest unit is the kilobyte.
  const small = bytes < 1e3 && !perSecond;
  const [size, unit] = small ? [1, 'byte'] : (UNITS.find(([from]) => bytes >= from) ?? UNITS[2]);
  const value = bytes / size;
  return new Intl.NumberFormat(latinDigits(language), {
    style: 'unit',
    unit: perSecond ? `${unit}-per-second` : unit,
    unitDisplay: small ? 'long' : 'short',
    // One decimal for small values only, so that the text does not flicker.
    maximumFractionDigits: value < 100 ? 1 : 0,
  }).format(value);
}
