/** The user of a SIP or telephone address, and the name before it. */
const USER = /\b((?:sips?|tel):)([^@\s>;"'?,]{1,200})/gi;
const NAME = /"[^"\r\n]{0,200}"(?=\s*<(?:sips?|tel):)/gi;
const NAME_IN_JSON = /("\w{0,20}name"\s*:\s*)"[^"]{0,200}"/gi;
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
    const found = text
      .replace(NAME, '"***"')
      .replace(NAME_IN_JSON, '$1"***"')
      .replace(USER, (_, scheme: string, user: string) => scheme + hidden(user))
      .replace(QUOTED, (_, quote: string, number: string) => quote + hidden(number) + quote);
    // The words of a text are looked up, so that many numbers take no longer than few.
    return found.replace(/[\w+*#.-]{3,64}/g, (word) => (this.#known.has(word) ? hidden(word) : word));
  }

  #note(number: string): void {
    if (number.length >= 3) this.#known.add(number);
  }
}

function hidden(number: string): string {
  return '*'.repeat(Math.max(0, number.length - SHOWN)) + number.slice(-SHOWN);
}
