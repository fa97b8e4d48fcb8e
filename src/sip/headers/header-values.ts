/**
 * Splits SIP messages before they are parsed: strangers may have written them. The development server uses this file
 * too.
 */

/** The longest header value that is read, in characters; strangers may have written it. */
export const LONGEST_VALUE = 1_000;

/** An address in angle brackets: the name before it, and the address (RFC 3261 §25.1). */
export const NAME_ADDR = /^("(?:[^"\\]|\\.)*"\s*|[^"<]*)<([^<>]*)>\s*(?:;[^<]*)?$/s;

/** Splits a header at commas, or another separator, that are neither quoted nor inside an address. */
export function piecesOf(header: string, separator: ',' | ';' = ','): string[] {
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
    else if (character === separator && !enclosed) {
      pieces.push(header.slice(start, index).trim());
      start = index + 1;
    }
  }
  pieces.push(header.slice(start).trim());
  return pieces;
}

/** The Supported headers of a message, also in the compact form, which sip.js does not know (RFC 3261 §20.37). */
export const supportedIn = (message: {getHeaders(name: string): readonly string[]}): readonly string[] =>
  ['supported', 'k'].flatMap((name) => message.getHeaders(name));

/** Whether headers that list option tags, such as `Supported`, name one (RFC 3261 §19.2). */
export const namesTag = (headers: readonly string[], tag: string): boolean =>
  headers.some((header) => piecesOf(header).some((piece) => piece.toLowerCase() === tag));

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

/** Headers whose values sip.js counts anew for each of them. */
const COUNTED: ReadonlySet<string> = new Set(['via', 'contact', 'record-route']);

/** The most values of such a header that sip.js gets: thousands would block the page for seconds. */
const MOST_VALUES = 100;

/** Whether sip.js would take long to read the headers of a message. */
export function isCrowded(headers: readonly RawHeader[]): boolean {
  const counts = new Map<string, number>();
  for (const {name, value} of headers)
    if (COUNTED.has(name)) counts.set(name, (counts.get(name) ?? 0) + piecesOf(value).length);
  return [...counts.values()].some((count) => count > MOST_VALUES);
}

/** The Contact with a user part among the values of headers, of which a registrar lists all; undefined if there is none. */
export function ownContact(user: string, values: readonly string[]): string | undefined {
  return values.flatMap(valuesOf).find((value) => value.includes(`${user}@`));
}

/** The headers that a response copies from its request (RFC 3261 §8.2.6.2). */
const COPIED: ReadonlySet<string> = new Set(['via', 'from', 'to', 'call-id', 'cseq']);

/** Writes a response to a request that cannot be parsed; undefined if the text is a response, or an ACK. */
export function responseTo(request: string, status: string): string | undefined {
  const {start, headers} = headOf(request);
  if (!/ SIP\/\d/i.test(start) || /^(?:SIP\/|ACK )/i.test(start)) return undefined;
  const copied = headers
    .filter(({name}) => COPIED.has(name))
    .map(
      ({name, value}) =>
        `${name}: ${value}${name === 'to' && !/;\s*tag\s*=/i.test(value) ? ';tag=refused' : ''}`,
    );
  return [`SIP/2.0 ${status}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n');
}
