/**
 * Looks at the values of headers before sip.js does: strangers may have written them. The development server uses this
 * file too.
 */
import {headOf, piecesOf, tagOf, type RawHeader} from './sip-reader.js';

/** The longest header value that is read, in characters; strangers may have written it. */
export const LONGEST_VALUE = 1_000;

/** Whether headers that list option tags, such as `Supported`, name one (RFC 3261 §19.2). */
export const namesTag = (headers: readonly string[], tag: string): boolean =>
  headers.some((header) => piecesOf(header).some((piece) => piece.toLowerCase() === tag));

/** The values of a header, except empty and overlong ones. */
export function valuesOf(header: string): string[] {
  return piecesOf(header).filter(({length}) => length > 0 && length <= LONGEST_VALUE);
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
        `${name}: ${value}${name === 'to' && tagOf(value) === undefined ? ';tag=refused' : ''}`,
    );
  return [`SIP/2.0 ${status}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n');
}
