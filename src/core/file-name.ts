/** What a file system or a person may take for something else: paths, wildcards, control and direction characters. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Endings that say what kind of picture, sound or film a file is. */
const MEDIA_ENDING = /\.(?:png|jpe?g|gif|webp|bmp|mp4|m4a|mov|webm|weba|mkv|mka|avi|wav|mp3|ogg)$/i;

/** The longest name without its ending: file systems take 255 bytes, and a character may have four. */
const LONGEST = 60;

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
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = Array.from(clean).slice(0, LONGEST).join('').trim();
  return `${short || fallback}.${ending}`;
}

/**
 * Fills in a pattern of a name: `{number}` and `{name}` of the other side, `{id}` of the call, `{time}` of now, as
 * `2026-03-01_17-05-09`; folders in a filled-in part are none.
 */
export function filledIn(
  pattern: string,
  {id, remote}: {readonly id: string; readonly remote: {readonly number: string; readonly name: string}},
): string {
  const parts: Readonly<Record<string, string>> = {
    number: remote.number,
    name: remote.name || remote.number,
    id,
    time: timeText(new Date()),
  };
  return pattern.replace(/\{(number|name|id|time)\}/g, (_, part: string) =>
    (parts[part] ?? '').replace(/[/\\]/g, '_'),
  );
}

/** The local time, as a part of a file's name that sorts. */
function timeText(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())];
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two);
  return `${day.join('-')}_${clock.join('-')}`;
}
