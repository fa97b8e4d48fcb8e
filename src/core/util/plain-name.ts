/** Controls, line breaks, and what changes the direction of the text around a name. */
const UNFIT =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+|\p{Surrogate}/gu;

/** Returns a name that somebody else wrote as one line of text, which changes nothing around it. */
export function plainName(text: unknown, longest = 200): string {
  if (typeof text !== 'string') return '';
  const line = text
    .slice(0, 4 * longest)
    .replace(UNFIT, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(line).slice(0, longest).join('');
}
