import {latinDigits} from '../../locales/latin-digits.js';

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly seconds: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

/** Formatters by language, cached because creating one is slow. */
const made = new Map<string, Formats>();

function formatsOf(language: string): Formats {
  const known = made.get(language);
  if (known) return known;
  const tag = latinDigits(language);
  const {hour12} = new Intl.DateTimeFormat(tag, {timeStyle: 'short'}).resolvedOptions();
  const clock = {hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit'} as const;
  const formats: Formats = {
    time: new Intl.DateTimeFormat(tag, clock),
    seconds: new Intl.DateTimeFormat(tag, {hour: 'numeric', minute: 'numeric', second: 'numeric'}),
    weekday: new Intl.DateTimeFormat(tag, {weekday: 'short', ...clock}),
    day: new Intl.DateTimeFormat(tag, {month: 'short', day: 'numeric', ...clock}),
    date: new Intl.DateTimeFormat(tag, {dateStyle: 'medium'}),
    full: new Intl.DateTimeFormat(tag, {dateStyle: 'full', timeStyle: 'medium'}),
    relative: new Intl.RelativeTimeFormat(tag, {numeric: 'auto'}),
  };
  made.set(language, formats);
  return formats;
}

/** Returns the start of the day, `days` later. */
function dayOf(time: number, days = 0): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/**
 * Formats a past moment as briefly as possible: only the time if today, otherwise with “yesterday”, the weekday, the
 * day or the date. The text stays correct until the next day begins.
 */
export function shortMoment(time: number, now: number, language: string): string {
  const formats = formatsOf(language);
  if (time >= dayOf(now, 1)) return formats.date.format(time);
  if (time >= dayOf(now)) return formats.time.format(time);
  if (time >= dayOf(now, -1)) return `${formats.relative.format(-1, 'day')} ${formats.time.format(time)}`;
  if (time >= dayOf(now, -6)) return formats.weekday.format(time);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return sameYear ? formats.day.format(time) : formats.date.format(time);
}

/** Formats the time of day. */
export function clockTime(time: number, language: string): string {
  return formatsOf(language).time.format(time);
}

/** Formats the time of day to the second, as the language does: `9:05:31 AM`, `09:05:31`. */
export function timeOfDay(time: number, language: string): string {
  return formatsOf(language).seconds.format(time);
}

/** Formats the day of a moment, relative to today if possible. */
export function dayText(time: number, now: number, language: string): string {
  const formats = formatsOf(language);
  const days = [0, -1].find((day) => time >= dayOf(now, day) && time < dayOf(now, day + 1));
  return days === undefined ? formats.date.format(time) : formats.relative.format(days, 'day');
}

/** Formats a moment in full. */
export function fullMoment(time: number, language: string): string {
  return formatsOf(language).full.format(time);
}
