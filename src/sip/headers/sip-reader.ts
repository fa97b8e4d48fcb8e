/**
 * Splits the text of SIP messages (RFC 3261 §25.1) in a time that is linear in its length: strangers may have written it.
 *
 * Every side reads by it, so that none sees another message than the others: pages and the development server, where
 * `grammar.ts` checks the parts and gives them to sip.js, and the shared worker, which has no sip.js.
 */

/** Header names with a compact form that are read here (RFC 3261 §7.3.3, and the registry of IANA). */
const LONG_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    b: 'referred-by',
    c: 'content-type',
    e: 'content-encoding',
    f: 'from',
    i: 'call-id',
    k: 'supported',
    l: 'content-length',
    m: 'contact',
    o: 'event',
    r: 'refer-to',
    t: 'to',
    v: 'via',
    x: 'session-expires',
  }),
);

/** The long form of a header's name, in lower case. */
export function longName(name: string): string {
  const lower = name.toLowerCase();
  return LONG_NAMES.get(lower) ?? lower;
}

const TOKEN = /^[\w.!%*`'~+-]+$/;

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i;

/** Whether a text is a token, such as a method or the name of a parameter. */
export const isToken = (text: string): boolean => TOKEN.test(text);

/** A received header, including its continuation lines. */
export interface RawHeader {
  /** In lower case and long form. */
  readonly name: string;
  /** On one line. */
  readonly value: string;
  readonly raw: string;
}

/** A message in its parts. */
export interface Head {
  readonly start: string;
  readonly headers: readonly RawHeader[];
  /** The empty line and the body; empty if the head has no end. */
  readonly rest: string;
}

/** Splits the head of a message exactly as sip.js does: any blank at its beginning makes a line continue the one before. */
export function headOf(message: string): Head {
  const [head] = cut(message, '\r\n\r\n');
  const [start, lines] = cut(head, '\r\n');
  const headers = lines === undefined ? [] : lines.split(/\r\n(?!\s)/).map(readHeader);
  return {start, headers, rest: message.slice(head.length)};
}

function readHeader(raw: string): RawHeader {
  const [name, text] = cut(raw, ':');
  if (text === undefined) return {name: '', value: '', raw};
  const parts = text.split('\r\n').map((part) => part.trim());
  return {name: longName(name.trim()), value: parts.join(' ').trim(), raw};
}

/** Splits at the first occurrence of a separator; the second part is undefined if there is none. */
export function cut(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}

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

/** The first line of a response, which has a status, or of a request. */
export interface FirstLine {
  readonly status?: number;
  readonly reason?: string;
  readonly method?: string;
  readonly uri?: string;
}

/** Reads the first line of a message; undefined if it cannot be read. */
export function readFirstLine(text: string): FirstLine | undefined {
  const [, status, reason = ''] = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(text) ?? [];
  if (status !== undefined) return {status: Number(status), reason};
  const [method = '', uri = '', version = '', ...rest] = text.split(' ');
  const isRequest = TOKEN.test(method) && /^SIP\/2\.0$/i.test(version) && rest.length === 0;
  return isRequest ? {method, uri} : undefined;
}

/** Parameters of a header or a URI, by their names in lower case; of several with one name, the last. */
export type SipParameters = ReadonlyMap<string, string | undefined>;

/** Splits `name=value` and `flag`. */
export function readParameters(pieces: readonly string[]): SipParameters {
  return new Map(
    pieces.map((piece) => {
      const [name, value] = cut(piece, '=');
      return [name.trim().toLowerCase(), value?.trim()];
    }),
  );
}

/** A URI in its parts (RFC 3261 §19.1). */
export interface UriParts {
  readonly scheme: string;
  /** As it was written, with its escapes. */
  readonly user: string | undefined;
  /** Empty if it is not one. */
  readonly host: string;
  readonly port: string | undefined;
  readonly parameters: SipParameters;
  /** The headers after the question mark. */
  readonly headers: string;
}

/** Splits a URI. */
export function readUriParts(text: string): UriParts {
  const [scheme, rest = ''] = cut(text, ':');
  const [before, after] = cut(rest, '@');
  const [address, headers = ''] = cut(after ?? before, '?');
  const [sentTo = '', ...pieces] = address.split(';');
  const [, host = '', port] = HOST.exec(sentTo) ?? [];
  const user = after === undefined ? undefined : before;
  return {scheme, user, host, port, parameters: readParameters(pieces), headers};
}

/** An address in a header, such as From (RFC 3261 §20.10). */
export interface AddressParts {
  readonly name: string;
  readonly uri: string;
  /** Those of the header. */
  readonly parameters: SipParameters;
}

/** A quoted text. One without an end goes to the end of the header, so that nothing is read twice. */
const QUOTED = /"(?:[^"\\]|\\.)*("?)/gs;

/**
 * A quoted or bare name, an address in angle brackets, and what follows them. A bare name has none of the characters that
 * would make it an address: another reader would take it for the sender (RFC 3261 §25.1).
 */
const NAME_ADDR = /^(?:"((?:[^"\\]|\\.)*)"\s*|([^"<>:@;=,?]*))<([^<>]*)>(.*)$/s;

/**
 * Splits an address with or without a name; undefined if more follows than parameters, or if it can be read in more than
 * one way.
 */
export function readAddress(text: string): AddressParts | undefined {
  const [, quoted, bare, enclosed, after = ''] = NAME_ADDR.exec(text) ?? [];
  const outside = after.replace(QUOTED, (quoted, end) => (end ? '' : quoted));
  if (/[<>]/.test(enclosed === undefined ? text : outside)) return undefined;
  const [uri = '', ...pieces] = enclosed === undefined ? text.split(';') : piecesOf(after, ';');
  if (enclosed === undefined ? uri.includes('"') : uri !== '') return undefined;
  const name = quoted ?? bare?.trim() ?? '';
  return {name, uri: (enclosed ?? uri).trim(), parameters: readParameters(pieces)};
}

/** The tag of an address (RFC 3261 §19.3); undefined if it has none. */
export function tagOf(address: string): string | undefined {
  return readAddress(address)?.parameters.get('tag');
}

/** One hop of a message (RFC 3261 §20.42). */
export interface Via {
  readonly transport: string;
  readonly host: string;
  readonly port: string | undefined;
  readonly parameters: SipParameters;
}

/** Reads the first of the Via values, which is the newest hop; undefined if it cannot be read. */
export function readVia(text: string): Via | undefined {
  const [first = ''] = piecesOf(text);
  const [sent = '', ...pieces] = piecesOf(first, ';');
  const [, transport, by = ''] = /^SIP\s*\/\s*2\.0\s*\/\s*([\w-]+)\s+(\S.*)$/i.exec(sent) ?? [];
  const [, host, port] = HOST.exec(by.replaceAll(' ', '')) ?? [];
  if (transport === undefined || host === undefined) return undefined;
  return {transport, host, port, parameters: readParameters(pieces)};
}

/** A CSeq (RFC 3261 §20.16). */
export interface Sequence {
  readonly value: number;
  readonly method: string;
}

/** Reads a CSeq; undefined if it is not one. */
export function readSequence(text: string): Sequence | undefined {
  const [, value, method] = /^(\d{1,10})\s+(\S+)$/.exec(text) ?? [];
  return value === undefined ? undefined : {value: Number(value), method: method!};
}
