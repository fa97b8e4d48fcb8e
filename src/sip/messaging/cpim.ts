import {copied} from '../../core/util/shortened.js';
import {mediaTypeOf} from '../headers/media-type.js';

/** The media type of CPIM messages (RFC 3862). */
export const CPIM_TYPE = 'message/cpim';

/** The namespace of the headers of notifications (RFC 5438 §6.1). */
const IMDN = 'urn:ietf:params:imdn';

/** The most characters of all headers, and the most of their lines, that are read. */
const LONGEST_HEAD = 8_192;
const MOST_LINES = 64;

/** A message id: a token (RFC 5438 §6.3), or a text that others use as one; it needs no escaping in headers or XML. */
const MESSAGE_ID = /^[\w.!%*+`'~@:=/?-]{1,128}$/;

/** The headers that a message may require this side to understand (RFC 3862 §4.7). */
const UNDERSTOOD: ReadonlySet<string> = new Set(['from', 'to', 'cc', 'datetime', 'subject', 'ns', 'require']);

/** A message to wrap. */
export interface CpimContent {
  /** The SIP URIs of both sides. */
  readonly from: string;
  readonly to: string;
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  /** The receipts to ask for (RFC 5438 §6.2), such as `display`. */
  readonly asks: readonly string[];
  readonly contentType: string;
  readonly disposition?: string;
  readonly body: string;
}

/** A message that was wrapped. */
export interface Unwrapped {
  /** The sender's id of the message; empty if there is none, or it cannot be used. */
  readonly id: string;
  /** When the message was written (RFC 3339); empty if the sender does not say. */
  readonly date: string;
  /** The receipts that the sender asks for, in lower case. */
  readonly asks: readonly string[];
  readonly contentType: string;
  readonly body: string;
}

/** Whether a text can be the id of a message. */
export function isMessageId(text: string): boolean {
  return MESSAGE_ID.test(text);
}

/** Wraps a message (RFC 3862, RFC 5438 §7.1.1). */
export function writeCpim({from, to, id, time, asks, contentType, disposition, body}: CpimContent): string {
  const lines = [
    `From: <${address(from)}>`,
    `To: <${address(to)}>`,
    `DateTime: ${new Date(time).toISOString()}`,
    `NS: imdn <${IMDN}>`,
    `imdn.Message-ID: ${id}`,
    ...(asks.length ? [`imdn.Disposition-Notification: ${asks.join(', ')}`] : []),
    '',
    `Content-Type: ${contentType}`,
    ...(disposition === undefined ? [] : [`Content-Disposition: ${disposition}`]),
    `Content-Length: ${new TextEncoder().encode(body).length}`,
    '',
    body,
  ];
  return lines.join('\r\n');
}

/**
 * Unwraps a message of a stranger. Returns undefined if it is invalid or too large, if it requires what this side does
 * not know, or if its encoding is not UTF-8.
 */
export function readCpim(text: string): Unwrapped | undefined {
  const outer = headIn(text);
  const inner = outer && headIn(outer.rest);
  if (!outer || !inner) return undefined;
  const {prefix, plain} = namespaces(outer.lines);
  const required = valuesOf(outer.lines, 'require').flatMap(listOf);
  const isKnown = (name: string): boolean => UNDERSTOOD.has(name) || name.startsWith(`${prefix}.`);
  if (!required.every(isKnown)) return undefined;
  const own = (name: string): string => {
    const found = valuesOf(outer.lines, `${prefix}.${name}`)[0];
    return found ?? (plain ? valuesOf(outer.lines, name)[0] : undefined) ?? '';
  };
  const id = own('message-id');
  const contentType = valuesOf(inner.lines, 'content-type')[0] ?? 'text/plain';
  const body = decoded(inner.rest, contentType, valuesOf(inner.lines, 'content-transfer-encoding')[0] ?? '');
  if (body === undefined) return undefined;
  return {
    id: isMessageId(id) ? copied(id) : '',
    date: valuesOf(outer.lines, 'datetime')[0] ?? '',
    asks: listOf(own('disposition-notification')),
    contentType,
    body,
  };
}

type Lines = readonly (readonly [name: string, value: string])[];

/** The headers before the first empty line, and what follows it. */
function headIn(text: string): {readonly lines: Lines; readonly rest: string} | undefined {
  const given = text.slice(0, LONGEST_HEAD + 4);
  const found = /^\r?\n|\r?\n\r?\n/.exec(given);
  if (!found) return undefined;
  const lines = given.slice(0, found.index).split(/\r?\n/).filter(Boolean);
  if (lines.length > MOST_LINES) return undefined;
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  // A line without a name is no header: the message is no CPIM message.
  if (pairs.some(([name]) => !/^[\w.!#$%&'*+^`|~-]+$/.test(name))) return undefined;
  return {lines: pairs, rest: text.slice(found.index + found[0].length)};
}

function valuesOf(lines: Lines, wanted: string): readonly string[] {
  return lines.flatMap(([name, value]) => (name === wanted ? [value] : []));
}

function listOf(value: string): readonly string[] {
  return value.split(',').map(mediaTypeOf).filter(Boolean);
}

/** The prefix of the headers of notifications, and whether they need none (RFC 3862 §3.4). */
function namespaces(lines: Lines): {readonly prefix: string; readonly plain: boolean} {
  let [prefix, plain] = ['imdn', false];
  for (const value of valuesOf(lines, 'ns')) {
    const [, name = '', uri] = /^(?:([\w.!%*+`'~-]+)[ \t]+)?<([^<>]*)>$/.exec(value) ?? [];
    if (uri !== IMDN) continue;
    if (name) prefix = name.toLowerCase();
    else plain = true;
  }
  return {prefix, plain};
}

/** The body as text; undefined if it is not text in UTF-8. */
function decoded(body: string, contentType: string, encoding: string): string | undefined {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType.slice(0, 200))?.[1] ?? 'utf-8';
  if (!/^(?:utf-8|us-ascii)$/i.test(charset)) return undefined;
  if (/^(?:7bit|8bit|binary)?$/i.test(encoding)) return body;
  if (!/^base64$/i.test(encoding) || !mediaTypeOf(contentType).startsWith('text/')) return undefined;
  try {
    const bytes = Uint8Array.from(atob(body.trim()), (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A URI that ends neither its brackets nor its line. */
function address(uri: string): string {
  return uri.replace(/[\s<>"\\\u0000-\u001f\u007f]/g, '');
}
