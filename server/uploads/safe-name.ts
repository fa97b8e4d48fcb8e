/** Control and direction characters, halves of characters, and what file systems refuse. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** How long a name may be, in characters: file systems take 255 bytes, and a character may have four. */
const LONGEST = 60;

/** How much of either end is looked at: a long name must not take long. */
const LOOKED_AT = 500;

/** Makes a name that a file can have anywhere of what a sender wrote: no folders, nothing hidden, an ending kept. */
export function safeName(written: string): string {
  const [last = ''] = written.split(/[/\\]/).slice(-1);
  const looked = last.length > 2 * LOOKED_AT ? last.slice(0, LOOKED_AT) + last.slice(-LOOKED_AT) : last;
  const clean = looked.replace(UNFIT, '').replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
  const characters = Array.from(clean);
  if (characters.length <= LONGEST) return clean || 'file';
  const ending = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? '';
  return `${characters.slice(0, LONGEST - ending.length).join('')}${ending}`;
}

/** The header that gives a file its name where it is saved (RFC 6266, RFC 8187). */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
