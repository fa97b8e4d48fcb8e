import type {LocalizeController} from '../../controllers/localize-controller.js';
import {latinDigits} from '../../locales/latin-digits.js';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Formatters by language, cached because creating one is slow. */
const made = new Map<string, Intl.RelativeTimeFormat>();

/** Formats how long ago something was: “8 sec. ago”, “12 min. ago”. */
export function ageText(seconds: number, localize: LocalizeController): string {
  const language = latinDigits(localize.lang());
  let format = made.get(language);
  if (!format) made.set(language, (format = new Intl.RelativeTimeFormat(language, {style: 'short'})));
  if (seconds < MINUTE) return format.format(-seconds, 'second');
  if (seconds < HOUR) return format.format(-Math.floor(seconds / MINUTE), 'minute');
  if (seconds < DAY) return format.format(-Math.floor(seconds / HOUR), 'hour');
  return format.format(-Math.floor(seconds / DAY), 'day');
}
