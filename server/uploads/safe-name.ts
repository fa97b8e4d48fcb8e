/** Control and direction characters, unpaired surrogates, and characters that file systems reject. */
const UNFIT =
  /[\u0000-\u001f\u007f-\u009f<>:"|?*\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** The longest name, in characters: file systems allow 255 bytes, and a character may take four. */
const LONGEST = 60;

/** How much of either end is checked, so that long names do not take long. */
const LOOKED_AT = 500;

/** Returns a file name that is valid everywhere: no folders, not hidden, with its extension. */
export function safeName(written: string): string {
  const [last = ''] = written.split(/[/\\]/).slice(-1);
  const looked = last.length > 2 * LOOKED_AT ? last.slice(0, LOOKED_AT) + last.slice(-LOOKED_AT) : last;
  const clean = looked.replace(UNFIT, '').replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
  const characters = Array.from(clean);
  if (characters.length <= LONGEST) return clean || 'file';
  const ending = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? '';
  return `${characters.slice(0, LONGEST - ending.length).join('')}${ending}`;
}

/** Returns the header that sets the name of a saved file (RFC 6266, RFC 8187). */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
