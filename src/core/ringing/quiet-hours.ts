import {SipError} from '../../errors.js';

/** A daily time span, in minutes after midnight in the user's local time. */
export interface QuietHours {
  readonly from: number;
  /** Less than `from` if it ends on the next day. */
  readonly to: number;
}

const TIMES = /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)\s*$/;

/**
 * Parses `22:00-07:00`; returns undefined for an empty text.
 *
 * @throws {SipError} `bad-parameter`
 */
export function parseQuietHours(text: string | undefined): QuietHours | undefined {
  if (!text) return undefined;
  const [found, hour, minute, endHour = 24, endMinute = 0] = TIMES.exec(text) ?? [];
  if (!found) throw new SipError('bad-parameter', {subject: `quietHours “${text}”`});
  return {from: Number(hour) * 60 + Number(minute), to: Number(endHour) * 60 + Number(endMinute)};
}

/** Whether a time is within the quiet hours; always if both ends are the same. */
export function isQuiet({from, to}: QuietHours, time = new Date()): boolean {
  const now = time.getHours() * 60 + time.getMinutes();
  return from < to ? now >= from && now < to : now >= from || now < to;
}
