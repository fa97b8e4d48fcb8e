/**
 * Splits SIP messages before they are parsed: strangers may have written them. The development server uses this file
 * too.
 */

/** The longest header value that is read, in characters; strangers may have written it. */
export const LONGEST_VALUE = 1_000;

/** Splits a header at commas that are neither quoted nor inside an address. */
export function piecesOf(header: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  let enclosed = false;
  for (let index = 0; index <= header.length; index += 1) {
    const character = header[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"' && !enclosed) quoted = !quoted;
    else if (quoted) continue;
    else if (character === '<' || character === '>') enclosed = character === '<';
    else if (character === ',' && !enclosed) {
      pieces.push(header.slice(start, index).trim());
      start = index + 1;
    }
  }
  pieces.push(header.slice(start).trim());
  return pieces;
}

/** The values of a header, except empty and overlong ones. */
export function valuesOf(header: string): string[] {
  return piecesOf(header).filter(({length}) => length > 0 && length <= LONGEST_VALUE);
}

/** A received header, including its continuation lines. */
export interface RawHeader {
  /** In lower case and long form. */
  readonly name: string;
  /** On one line. */
  readonly value: string;
  readonly raw: string;
}

/** The compact header names that sip.js knows (RFC 3261 §7.3.3). */
const LONG: Readonly<Record<string, string>> = {
  ...{v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', r: 'refer-to'},
  ...{c: 'content-type', l: 'content-length'},
};

/** Splits the head of a message exactly as sip.js does, so that both see the same headers. */
export function headOf(message: string): {
  readonly start: string;
  readonly headers: readonly RawHeader[];
  readonly rest: string;
} {
  const end = message.indexOf('\r\n\r\n');
  const [start = '', ...lines] = message.slice(0, end < 0 ? message.length : end).split('\r\n');
  const raws: string[][] = [];
  for (const line of lines) {
    if (/^\s/.test(line) && raws.length > 0) raws.at(-1)!.push(line);
    else raws.push([line]);
  }
  const headers = raws.map((parts) => {
    const raw = parts.join('\r\n');
    const colon = raw.indexOf(':');
    const value = parts.map((part) => part.trim()).join(' ');
    const name = raw.slice(0, colon).trim().toLowerCase();
    return {name: LONG[name] ?? name, value: value.slice(value.indexOf(':') + 1).trim(), raw};
  });
  return {start, headers, rest: end < 0 ? '' : message.slice(end)};
}

/** The longest line that sip.js may parse, in characters: its parsing time grows with the square of the length. */
export const LONGEST_LINE = 4_000;

/** How many characters of one message sip.js may parse; a shorter line counts as `SHORTEST_LINE`. */
const MOST_PARSED = 3 * LONGEST_LINE;
const SHORTEST_LINE = 100;

/** The headers that sip.js parses in every message. */
const PARSED: ReadonlySet<string> = new Set([
  ...['via', 'from', 'to', 'call-id', 'cseq', 'contact', 'record-route', 'refer-to', 'max-forwards'],
  ...['content-type', 'content-length', 'www-authenticate', 'proxy-authenticate'],
]);

/** Whether parsing a message would keep the page busy for long. */
export function isOverlong(message: string): boolean {
  const end = message.indexOf('\r\n\r\n');
  // Nearly all heads are shorter than the longest line.
  if ((end < 0 ? message.length : end) <= LONGEST_LINE) return false;
  const {start, headers} = headOf(message);
  const lengths = [start, ...headers.filter(({name}) => PARSED.has(name)).map(({raw}) => raw)].map(
    ({length}) => length,
  );
  const all = lengths.reduce((sum, length) => sum + Math.max(length, SHORTEST_LINE), 0);
  return all > MOST_PARSED || lengths.some((length) => length > LONGEST_LINE);
}
