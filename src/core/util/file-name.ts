import {SipError} from '../../errors.js';

/** What a file system or a person may take for something else: paths, wildcards, control and direction characters. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Endings that say what kind of picture, sound or film a file is. */
const MEDIA_ENDING = /\.(?:png|jpe?g|gif|webp|bmp|mp4|m4a|mov|webm|weba|mkv|mka|avi|wav|mp3|ogg)$/i;

/** What Windows takes for a device, whatever its ending. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?=\.|$)/i;

/** The longest name without its ending, in bytes: file systems take 255. */
const LONGEST = 200;

/** The longest part that is filled in, in characters: what comes after a stranger's name is not lost by it. */
const LONGEST_PART = 32;

/** How much of what was written is looked at: a stranger's name may be in it, and a long one must not take long. */
const LOOKED_AT = 500;

/**
 * Makes the name of a file from what a page wrote: without folders, without what file systems refuse, with the ending.
 *
 * Another ending of a picture or a film gives way, so that the name never says what the file is not.
 *
 * @param fallback - The name where nothing is left.
 */
export function fileName(written: string, ending: string, fallback: string): string {
  const [name = ''] = written.split(/[/\\]/).slice(-1);
  const clean = name
    .slice(0, LOOKED_AT)
    .replace(UNFIT, '')
    .replace(MEDIA_ENDING, '')
    // A leading dot hides a file, a trailing one is lost in Windows.
    .replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
  // It never takes a part of a character.
  const {read} = new TextEncoder().encodeInto(clean, new Uint8Array(LONGEST));
  const short = clean.slice(0, read).trim();
  return `${DEVICE.test(short) ? '_' : ''}${short || fallback}.${ending}`;
}

/** What a name can be made of. */
export interface NamedCall {
  readonly id: string;
  readonly remote: {readonly number: string; readonly name: string};
}

/**
 * Fills in a pattern of a name: `{number}` and `{name}` of the other side, `{id}` of the call, `{time}`, as
 * `2026-03-01_17-05-09`; `{{` and `}}` are braces. Folders in a filled-in part are none.
 *
 * @throws {SipError} `bad-parameter` where there is no such part, or a brace stands alone.
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
    const safe = part.slice(0, LOOKED_AT).replace(/[/\\]/g, '_');
    return Array.from(safe).slice(0, LONGEST_PART).join('');
  });
}

/** A name that is meant as it is, as a pattern. */
export function asPattern(name: string): string {
  return name.replace(/[{}]/g, '$&$&');
}

/** The local time, as a part of a file's name that sorts. */
export function timeText(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())];
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two);
  return `${day.join('-')}_${clock.join('-')}`;
}
