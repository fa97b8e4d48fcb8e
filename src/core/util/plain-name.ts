/**
 * Controls, line breaks, what changes the direction of the text around a name, and what is not shown, except joiners and
 * selectors, which change the form of characters.
 */
const UNFIT =
  /(?:[\u0000-\u001f\u007f-\u009f\u2028\u2029\u2800\ufff9-\ufffb]|(?![\u200c\u200d\ufe0e\ufe0f])\p{DI})+|\p{Surrogate}/gu;

/** A character that is shown by itself. */
const SHOWN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Returns a name that somebody else wrote as one line of text, which changes nothing around it. */
export function plainName(text: unknown, longest = 200): string {
  if (typeof text !== 'string') return '';
  const line = text
    .slice(0, 4 * longest)
    .replace(UNFIT, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return SHOWN.test(line) ? Array.from(line).slice(0, longest).join('') : '';
}
