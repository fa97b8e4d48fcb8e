/** The user of a SIP or telephone address. */
const USER = /\b((?:sips?|tel):)([^@\s>;"'?,]+)/gi;
/** Where an address in brackets begins, before which a name may be. */
const BRACKET = /(?=<(?:sips?|tel):)/i;
/** Names in JSON, also within a text of JSON, and in XML documents (RFC 4235, RFC 4575, RFC 3863). */
const NAME_IN_JSON = /("\w{0,20}name"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;
const NAME_WITHIN = /(\\"\w{0,20}name\\"\s*:\s*)\\"(?:[^"\\]|\\\\(?:\\["\\]|[^"\\])|\\[^"\\])*(?:\\")?/gi;
const NAME_ATTRIBUTE = /(\bdisplay(?:-name|-text)?\s*=\s*)(?:"[^"]*"?|'[^']*'?)/gi;
const NAME_ELEMENT =
  /(<(?:[\w-]{1,20}:)?(?:display-text|display-name|note|subject)(?:\s[^<>]{0,200})?>)[^<]*/gi;
/** A telephone number that is the whole value of a text in JSON. */
const QUOTED = /(["'])(\+?[\d*#]{3,32})\1/g;
/** How many characters of a number stay. */
const SHOWN = 2;

/** Masks numbers and names in texts: of `1002` remains `**02`, so that calls can be told apart. */
export class MaskedNumbers {
  readonly #known = new Set<string>();

  /**
   * @param numbers - Those that are known.
   * @param texts - Texts whose addresses have others.
   */
  constructor(numbers: readonly string[], texts: readonly string[]) {
    for (const number of numbers) this.#note(number);
    for (const text of texts) for (const [, , user] of text.matchAll(USER)) this.#note(user!);
  }

  /** Returns a text without numbers and names. */
  masked(text: string): string {
    const found = withoutNames(text)
      .replace(NAME_IN_JSON, '$1"***"')
      .replace(NAME_WITHIN, String.raw`$1\"***\"`)
      .replace(NAME_ATTRIBUTE, '$1"***"')
      .replace(NAME_ELEMENT, '$1***')
      .replace(USER, (_, scheme: string, user: string) => scheme + hiddenNumber(user))
      .replace(QUOTED, (_, quote: string, number: string) => quote + hiddenNumber(number) + quote);
    // The words of a text are looked up, so that many numbers take no longer than few.
    return found.replace(/[\w+*#.-]{3,64}/g, (word) => (this.#known.has(word) ? hiddenNumber(word) : word));
  }

  #note(number: string): void {
    const [user = ''] = number.split('@');
    if (user.length >= 3) this.#known.add(user);
  }
}

/** Returns a number of which the last characters remain; of one of another domain, the domain does, too. */
export function hiddenNumber(number: string): string {
  const [user = '', ...domain] = number.split('@');
  const hidden = '*'.repeat(Math.max(0, user.length - SHOWN)) + user.slice(-SHOWN);
  return [hidden, ...domain].join('@');
}

/** Returns a text without the names before addresses, in quotes or not: `From: Alice Smith <sip:1002@pbx.example>`. */
function withoutNames(text: string): string {
  const parts = text.split(BRACKET);
  return parts.map((part, index) => (index < parts.length - 1 ? withoutLast(part) : part)).join('');
}

/** Returns what is before an address without the name at its end, if there is one. */
function withoutLast(before: string): string {
  const end = before.trimEnd().length;
  const isQuoted = before[end - 1] === '"';
  let at = isQuoted ? end - 2 : end - 1;
  // A quote that does not begin on this line is not one: all of the line is left out then.
  const isOver = isQuoted
    ? () => before[at] === '"' && before[at - 1] !== '\\'
    : () => /["<>,:;=]/.test(before[at]!);
  while (at >= 0 && !/[\r\n]/.test(before[at]!) && !isOver()) at -= 1;
  const first = isQuoted && before[at] === '"' ? at : at + 1;
  return before.slice(first, end).trim() === '' ? before : `${before.slice(0, first)}"***" `;
}
