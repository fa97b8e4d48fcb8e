import {SipError} from '../../errors.js';

/** Characters that a file system or a reader may misinterpret: paths, wildcards, control and direction characters. */
const UNFIT =
  /[\u0000-\u001f\u007f-\u009f<>:"|?*\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Extensions of images, audio and video. */
const MEDIA_ENDING = /\.(?:png|jpe?g|gif|webp|bmp|mp4|m4a|mov|webm|weba|mkv|mka|avi|wav|mp3|ogg)$/i;

/** Names that Windows reserves for devices, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?=\.|$)/i;

/** The maximum length of a name without its extension, in bytes: file systems allow 255. */
const LONGEST = 200;

/** The maximum length of a filled-in part, in characters, so that a long name does not push out what follows it. */
const LONGEST_PART = 32;

/** How much of that a host may take, with its "@". */
const LONGEST_HOST = 20;

/** How much of the text is processed: it may contain the other side's name, and a long one must not take long. */
const LOOKED_AT = 500;

/**
 * Returns a file name for a text that a page gives: without folders and characters that file systems refuse, and with
 * the extension.
 *
 * Another media extension is replaced, so that the name always matches the file's type.
 *
 * @param fallback - The name if nothing is left.
 */
export function fileName(written: string, ending: string, fallback: string): string {
  const [name = ''] = written.split(/[/\\]/).slice(-1);
  const clean = name
    .slice(0, LOOKED_AT)
    .replace(UNFIT, '')
    .replace(MEDIA_ENDING, '')
    // A leading dot hides a file, a trailing one is lost in Windows.
    .replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
  // `encodeInto` never splits a character.
  const {read} = new TextEncoder().encodeInto(clean, new Uint8Array(LONGEST));
  const short = clean.slice(0, read).trim();
  return `${DEVICE.test(short) ? '_' : ''}${short || fallback}.${ending}`;
}

/** The parts of a call that a name can contain. */
export interface NamedCall {
  readonly id: string;
  readonly remote: {readonly number: string; readonly name: string};
}

/**
 * Fills in a name's pattern: `{number}` and `{name}` of the other side, `{id}` of the call, `{time}`, such as
 * `2026-03-01_17-05-09`; `{{` and `}}` are braces. Slashes in a filled-in part are replaced.
 *
 * @throws {SipError} `bad-parameter` for an unknown placeholder, or a single brace.
 */
export function filledIn(pattern: string, {id, remote}: NamedCall, time = new Date()): string {
  const parts = new Map([
    ['{{', '{'],
    ['}}', '}'],
    ['{number}', remote.number],
    ['{name}', remote.name || remote.number],
    ['{id}', id],
    ['{time}', timeText(time)],
  ]);
  return String(pattern).replace(/\{\{|\}\}|\{[^{}]*\}|[{}]/g, (found) => {
    const part = parts.get(found);
    if (part === undefined) throw new SipError('bad-parameter', {subject: `name “${found}”`});
    return shortened(part).replace(/[/\\]/g, '_');
  });
}

/** Cuts what is long; of an address, the host stays: without it, it would be another one's. */
function shortened(part: string): string {
  const cut = (text: string, length: number): string =>
    Array.from(text.slice(0, LOOKED_AT)).slice(0, length).join('');
  const at = part.lastIndexOf('@');
  const short = cut(part, LONGEST_PART);
  if (short === part || at < 0) return short;
  const host = cut(part.slice(at), LONGEST_HOST);
  return `${cut(part.slice(0, at), LONGEST_PART - LONGEST_HOST)}…${host}`;
}

/** Escapes a literal name for use as a pattern. */
export function asPattern(name: string): string {
  return name.replace(/[{}]/g, '$&$&');
}

/** Returns the local time as a part of a file name that sorts by time. */
export function timeText(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())];
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two);
  return `${day.join('-')}_${clock.join('-')}`;
}
