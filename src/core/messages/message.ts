import type {SipErrorCode} from '../../errors.js';
import {cleanedNumber} from '../util/number.js';
import {randomUuid} from '../util/uuid.js';

/** Where a message stands: a message of this side's is `sending`, then `sent` or `failed`; one of the other side's `received`. */
export type MessageState = 'sending' | 'sent' | 'failed' | 'received';

/** A file that a message brings, as a link. */
export interface MessageFile {
  readonly name: string;
  /** In bytes; rounded where the message says it in larger units. */
  readonly size: number;
  /** `http:` or `https:`; empty while the file is uploaded. */
  readonly url: string;
  /** How many bytes are uploaded, in the page that does it. */
  readonly loaded?: number;
}

/** One message of a conversation. Plain data. */
export interface SipMessage {
  readonly id: string;
  /** The other side's. */
  readonly number: string;
  readonly direction: 'incoming' | 'outgoing';
  /** As it was sent. Everything in it is text, never markup. */
  readonly text: string;
  readonly contentType: string;
  /** When it was sent or arrived, in milliseconds since the epoch. */
  readonly time: number;
  readonly state: MessageState;
  /** Why it failed. */
  readonly error?: SipErrorCode;
  /** Where the text is a file's name, its size, and beneath them its address. */
  readonly file?: MessageFile;
}

/** A message that a page brings from elsewhere: an archive of its server's. */
export interface ArchivedMessage {
  readonly number: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly text: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  /** `text/plain` by default. */
  readonly contentType?: string;
  /** Tells it apart; made up where it is missing. One that is known already is not taken twice. */
  readonly id?: string;
}

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** What would break the line, or write the rest of it in another direction. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

const FILE = /^([^\n]{1,255}) \((\d{1,6}(?:\.\d)?) (B|kB|MB|GB)\)\r?\n(https?:\/\/\S{1,2000})$/i;

/** Writes a file as any telephone can show it: name and size, and beneath them the address. */
export function fileText({name, size, url}: MessageFile): string {
  let [value, unit] = [size, 0];
  for (; value >= 1000 && unit < UNITS.length - 1; unit += 1) value /= 1000;
  const line = `${fileLine(name)} (${Number(value.toFixed(1))} ${UNITS[unit]!})`;
  return url ? `${line}\n${url}` : line;
}

/** A file's name, on one line. */
export function fileLine(name: string): string {
  return name.replace(UNFIT, ' ').trim().slice(0, 255) || 'file';
}

/** The file that a text brings; undefined where it is an ordinary text. */
export function fileIn(text: string): MessageFile | undefined {
  const [, name, count, unit, address] = FILE.exec(text.trim()) ?? [];
  const url = webAddress(address);
  if (name === undefined || url === undefined) return undefined;
  const power = UNITS.findIndex((known) => known.toLowerCase() === unit?.toLowerCase());
  return Object.freeze({name: fileLine(name), size: Math.round(Number(count) * 1000 ** power), url});
}

/** A web address that a link may lead to; without a name and password, which make it look like another's. */
export function webAddress(text: string | undefined): string | undefined {
  try {
    const url = new URL(text ?? '');
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** A message that the page has from elsewhere, as it is kept. */
export function archivedMessage(entry: ArchivedMessage): SipMessage {
  const text = String(entry.text);
  const file = fileIn(text);
  return Object.freeze({
    id: entry.id || randomUuid(),
    number: cleanedNumber(entry.number),
    direction: entry.direction === 'outgoing' ? 'outgoing' : 'incoming',
    text,
    contentType: entry.contentType || 'text/plain',
    time: Number.isFinite(entry.time) ? entry.time : Date.now(),
    state: entry.direction === 'outgoing' ? 'sent' : 'received',
    ...(file && {file}),
  });
}
