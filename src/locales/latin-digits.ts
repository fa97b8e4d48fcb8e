/**
 * Returns a language tag for `Intl` with the digits 0 to 9, as phone numbers and durations have them: in `ar-EG`, dates and
 * sizes would mix them with other digits. An invalid tag becomes English.
 */
export function latinDigits(language: string): string {
  try {
    return new Intl.Locale(language.replaceAll('_', '-'), {numberingSystem: 'latn'}).toString();
  } catch {
    return 'en';
  }
}
