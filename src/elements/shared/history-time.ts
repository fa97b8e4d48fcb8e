interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

/** Making them takes longer than using them. */
const made = new Map<string, Formats>();

function formatsOf(language: string): Formats {
  const known = made.get(language);
  if (known) return known;
  const clock = {hour: '2-digit', minute: '2-digit'} as const;
  const make = (tag: string): Formats => ({
    time: new Intl.DateTimeFormat(tag, clock),
    weekday: new Intl.DateTimeFormat(tag, {weekday: 'short', ...clock}),
    day: new Intl.DateTimeFormat(tag, {month: 'short', day: 'numeric', ...clock}),
    date: new Intl.DateTimeFormat(tag, {dateStyle: 'medium'}),
    full: new Intl.DateTimeFormat(tag, {dateStyle: 'full', timeStyle: 'medium'}),
    relative: new Intl.RelativeTimeFormat(tag, {numeric: 'auto'}),
  });
  let formats: Formats;
  try {
    formats = make(language.replaceAll('_', '-'));
  } catch {
    // A page can write anything into its `lang`.
    formats = make('en');
  }
  made.set(language, formats);
  return formats;
}

/** The first moment of the day, `days` later. */
function dayOf(time: number, days = 0): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/**
 * When something was, as short as it can be said: the time alone today, with “yesterday” or the day of the week, the day
 * or the date before. It stays true until the next day begins.
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

/** The time of day. */
export function clockTime(time: number, language: string): string {
  return formatsOf(language).time.format(time);
}

/** The day on which something was, as it is said today. */
export function dayText(time: number, now: number, language: string): string {
  const formats = formatsOf(language);
  const days = [0, -1].find((day) => time >= dayOf(now, day) && time < dayOf(now, day + 1));
  return days === undefined ? formats.date.format(time) : formats.relative.format(days, 'day');
}

/** When something was, in full. */
export function fullMoment(time: number, language: string): string {
  return formatsOf(language).full.format(time);
}
