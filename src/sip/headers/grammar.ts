/**
 * Makes sip.js read messages by `sip-reader.ts` in place of its own grammar, which is larger, takes milliseconds for each
 * message, and seconds for some. The development server uses this file too.
 */
import {Grammar, IncomingMessage, NameAddrHeader, URI, type Parameters} from '../sip-js.js';
import {LONGEST_VALUE} from './header-values.js';
import {
  cut,
  longName,
  piecesOf,
  readAddress,
  isToken,
  readFirstLine,
  readParameters,
  readSequence,
  readUriParts,
  readVia,
  type SipParameters,
} from './sip-reader.js';

/** What sip.js takes for "cannot be read". */
const UNREADABLE = -1;

/** Characters that no URI contains, and that would end the header or line in which it is written. */
const NOT_IN_URI = /[\s<>"\u0000-\u001f\u007f]/;

/** A user part: a percent sign begins an escape (RFC 3261 §25.1). */
const USER = /^(?:[^%]|%[\da-f]{2})+$/i;

/** The other parameters of a challenge that are read. */
const CHALLENGE: ReadonlySet<string> = new Set(['realm', 'nonce', 'opaque', 'algorithm']);

type Readers = Readonly<Record<string, (text: string) => unknown>>;

/** By the names that sip.js has for the rules of its grammar. */
const READERS: Readers = {
  Request_Response: firstLineOf,
  Via: viaOf,
  From: readNameAddr,
  To: readNameAddr,
  Refer_To: readNameAddr,
  Name_Addr_Header: readNameAddr,
  SIP_URI: readSipUri,
  Contact: readContacts,
  Record_Route: readAddresses,
  Call_ID: (text) => (/^\S+$/.test(text) ? text : undefined),
  CSeq: readSequence,
  Max_Forwards: readNumber,
  Content_Length: readNumber,
  // sip.js looks for the name as it writes it itself.
  Content_Type: (text) => (/^application\/sdp\s*(?:;|$)/i.test(text) ? 'application/sdp' : text),
  Content_Disposition: (text) => ({type: text.split(';', 1)[0]!.trim()}),
  WWW_Authenticate: readChallenge,
  Proxy_Authenticate: readChallenge,
  Event: readEvent,
  Subscription_State: readSubscriptionState,
  // The whole sip.js reads it, which plays the other side in tests.
  uuid: (text) => (/^[\da-f-]{36}$/i.test(text) ? text : undefined),
};

// sip.js decodes and escapes a user part each time that it writes a URI, which throws for a `%25` that was decoded before.
// Here a user part stays as it was read.
Object.assign(URI.prototype, {escapeUser: (user: string) => user});

/** The characters of header names that sip.js reads as a server does. */
const PLAIN_NAME = /^[a-z\d-]+$/i;

// sip.js takes `_` in a header's name for `-`, and foreign letters for others: a stranger's `P_Asserted_Identity`, which no
// server removes, would count as one that the server wrote. Here a header has the name that it was sent with, or the long form of it.
const messages = IncomingMessage.prototype as {
  addHeader: (this: IncomingMessage, name: string, raw: string) => void;
};
const {addHeader} = messages;
messages.addHeader = function (name, raw) {
  if (PLAIN_NAME.test(name)) addHeader.call(this, longName(name), raw);
  else if (!(name in this.headers)) this.headers[name] = [{raw}];
};

// A header of several lines keeps its length: sip.js cuts lists at the returned positions.
const read: typeof Grammar.parse = (text, rule) =>
  READERS[rule]?.(text.replaceAll('\r\n', '  ').trim()) ?? UNREADABLE;

/**
 * Makes sip.js use these readers: always the same function. One that is made for each connection may keep the client that it was
 * made for, with its password, after the user has signed out.
 */
export function replaceGrammar(): void {
  Grammar.parse = read;
}

/** @returns A `sip:` or `sips:` URI (RFC 3261 §19.1), whose user part stays escaped. */
export function readSipUri(text: string): URI | undefined {
  const parts = readUriParts(text);
  const {scheme, user, host} = parts;
  if (!/^sips?$/i.test(scheme) || NOT_IN_URI.test(text) || !host) return undefined;
  if (user !== undefined && !USER.test(user)) return undefined;
  const uri = new URI(scheme, user!, host, portOf(parts));
  const values = new Map<string, string[]>();
  for (const header of parts.headers ? parts.headers.split('&') : []) {
    const [name, value = ''] = cut(header, '=');
    const key = name.toLowerCase();
    const known = values.get(key);
    if (known) known.push(value);
    else if (key) values.set(key, [value]);
  }
  for (const [key, all] of values) uri.setHeader(key, all);
  return withParameters(uri, parts.parameters);
}

/** Sets parameters; undefined if a name is not one. */
function withParameters<T extends Parameters>(target: T, parameters: SipParameters): T | undefined {
  for (const [name, value] of parameters) {
    if (name === '' && value === undefined) continue;
    // sip.js keeps parameters in an object, whose prototype this name would set.
    if (!isToken(name) || name === '__proto__') return undefined;
    target.setParam(name, value);
  }
  return target;
}

/** Parameters as an object; undefined if a name is not one. */
function plain(parameters: SipParameters): Record<string, string | undefined> | undefined {
  const checked = withParameters(new NameAddrHeader(undefined as never, undefined as never, {}), parameters);
  return checked?.parameters as Record<string, string> | undefined;
}

/** Characters that are not shown, or look like others: controls, blanks except single ones within, and foreign digits. */
const UNCLEAR = /[\p{C}\p{DI}\u2800]|(?! )\p{Z}|^ | (?: |$)|(?!\d)\p{Nd}/u;

/**
 * Decodes the user part of a URI to a number. Escapes a text that is not UTF-8, is not shown, or looks like another
 * number.
 */
export function decodedUser(user: string): string {
  try {
    const text = decodeURIComponent(user);
    return isClear(text) ? text : escapedOnly(user);
  } catch {
    return escapedOnly(user);
  }
}

/** Returns a number that another side wrote outside of a URI, with its invisible characters escaped. */
export function clearNumber(text: string): string {
  return isClear(text) ? text : escapedOnly(text);
}

/** An `@` and a `?` together look like the end of an address and the beginning of its headers. */
const isClear = (text: string): boolean =>
  // To normalize a text of marks takes time by the square of its length.
  text.length <= LONGEST_VALUE &&
  !UNCLEAR.test(text) &&
  text === text.normalize('NFKC') &&
  !(text.includes('@') && text.includes('?'));

/** Escapes blanks and characters outside of ASCII; escapes stay. */
function escapedOnly(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^\u0021-\u007e]+/g, (unclear) => encodeURIComponent(unclear));
}

/** Escapes a text as the user part of a URI (RFC 3261 §25.1). */
export function escapedUser(text: string): string {
  // A lone surrogate is not a character.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(whole).replaceAll('%2B', '+');
}

/** @returns An address with or without a name, and the header's parameters (RFC 3261 §20.10). */
function readNameAddr(text: string): NameAddrHeader | undefined {
  const parts = readAddress(text);
  const uri = parts && readSipUri(parts.uri);
  return (
    uri && withParameters(new NameAddrHeader(uri, (parts.name || undefined) as never, {}), parts.parameters)
  );
}

/** @returns Each address of a list, with where its text begins and ends, in the fields that sip.js expects. */
function readAddresses(
  text: string,
): {offset: number; position: number; parsed: NameAddrHeader}[] | undefined {
  const addresses = [];
  let offset = 0;
  for (const piece of piecesOf(text)) {
    offset = text.indexOf(piece, offset);
    const position = offset + piece.length;
    const parsed = readNameAddr(piece);
    if (!parsed) return undefined;
    addresses.push({offset, position, parsed});
    offset = position;
  }
  return addresses;
}

/** The headers of an address in a Contact are for redirections (RFC 3261 §19.1.1): no request may be sent to it with them. */
function readContacts(text: string): ReturnType<typeof readAddresses> {
  const contacts = readAddresses(text);
  for (const {parsed} of contacts ?? []) parsed.uri.clearHeaders();
  return contacts;
}

function firstLineOf(text: string): object | undefined {
  const {status, reason, method, uri = ''} = readFirstLine(text) ?? {};
  if (status !== undefined) return {sip_version: 'SIP/2.0', status_code: status, reason_phrase: reason};
  return method === undefined ? undefined : {sip_version: 'SIP/2.0', method, uri: readSipUri(uri)};
}

function viaOf(text: string): object | undefined {
  const via = readVia(text);
  const parameters = via && plain(via.parameters);
  if (!parameters) return undefined;
  const {branch, received, rport} = parameters;
  return {
    protocol: 'SIP',
    transport: via.transport,
    host: via.host,
    port: portOf(via),
    branch,
    received,
    rport,
  };
}

function portOf({port}: {readonly port: string | undefined}): number | undefined {
  return port === undefined ? undefined : Number(port);
}

function readNumber(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** Reads a Digest challenge (RFC 7616 §3.3). */
function readChallenge(text: string): object | undefined {
  const [, scheme] = /^(digest(?=\s)|bearer(?=\s|,|$))/i.exec(text) ?? [];
  if (!scheme) return undefined;
  const isBearer = scheme.toLowerCase() === 'bearer';
  const challenge: Record<string, unknown> = isBearer ? {isBearer} : {};
  for (const piece of piecesOf(text.slice(scheme.length + 1))) {
    const [name, value = ''] = cut(piece, '=').map((part) => part?.trim());
    const bare = value.startsWith('"') ? value.slice(1, -1) : value;
    const key = name!.toLowerCase();
    if (key === 'qop')
      challenge[key] = bare
        .toLowerCase()
        .split(',')
        .map((one) => one.trim());
    else if (key === 'stale') challenge[key] = bare.toLowerCase() === 'true';
    else if (CHALLENGE.has(key)) challenge[key] = bare;
  }
  return challenge;
}

function readEvent(text: string): object | undefined {
  const [event = '', ...pieces] = text.split(';').map((piece) => piece.trim());
  return isToken(event) ? {event: event.toLowerCase(), params: plain(readParameters(pieces))} : undefined;
}

function readSubscriptionState(text: string): object | undefined {
  const [state = '', ...pieces] = piecesOf(text, ';');
  const {expires, reason, ...params} = plain(readParameters(pieces)) ?? {};
  if (!isToken(state)) return undefined;
  return {state, ...(expires && {expires: Number(expires)}), ...(reason && {reason}), params};
}
