/** From when on the next unit is used. */
const UNITS = [
  [1e9, 'gigabyte'],
  [1e6, 'megabyte'],
  [1e3, 'kilobyte'],
] as const;

/** Writes a number of bytes as a person reads it: `12.4 MB`; with `perSecond` as a speed: `1.2 MB/s`. */
export function sizeText(bytes: number, language: string, perSecond = false): string {
  // A speed is told roughly.
  const small = bytes < 1e3 && !perSecond;
  const [size, unit] = small ? [1, 'byte'] : (UNITS.find(([from]) => bytes >= from) ?? UNITS[2]);
  const value = bytes / size;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: perSecond ? `${unit}-per-second` : unit,
    unitDisplay: small ? 'long' : 'short',
    // One digit behind the point, where it says something: it must not flicker.
    maximumFractionDigits: value < 100 ? 1 : 0,
  }).format(value);
}
