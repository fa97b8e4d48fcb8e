import {
  API_CODE,
  API_HEADER,
  CREATING_HEADERS,
  ERROR_REPLY,
  REPLY_SUFFIX,
  VIDEO_BUG_REPLY,
} from '../../src/dispatch/protocol.js';
import type {ApiReply, ApiRequest} from './handlers.js';

const KNOWN: ReadonlySet<string> = new Set(Object.values(API_HEADER));

/**
 * The result of parsing: a request, or the text of the refusal (docs/protocol/numbers.md#codes,
 * docs/protocol/clients.md#replies).
 */
export type Parsed = {readonly request: ApiRequest} | {readonly refusal: string};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the protocol defines a request. */
export const isKnown = (header: string): boolean => KNOWN.has(header);

/** The most nesting levels of a request. */
const LEVELS = 100;

/** Parses a request: 1800 if it is not JSON, 1008 if a field has the wrong type or it is nested too deeply. */
export function parseRequest(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {refusal: JSON.stringify({header: ERROR_REPLY, code: API_CODE.badJson, body: [{}]})};
  }
  if (!isObject(value)) return refused(ERROR_REPLY, undefined);
  const {header, msgid, body} = value;
  const id = typeof msgid === 'string' || typeof msgid === 'number' ? msgid : undefined;
  if (typeof header !== 'string' || header === '') return refused(ERROR_REPLY, id);
  const request: ApiRequest = {header, msgid: id, body: isObject(body) ? body : {}};
  const sound =
    (msgid ?? undefined) === id && (isObject(body) || (body ?? undefined) === undefined) && isShallow(body);
  return sound ? {request} : {refusal: replyText(request, {code: API_CODE.badParameter})};
}

/**
 * Creates a reply. `msgid` is always echoed at the top level, and in `body[0]` for the creating requests
 * (docs/protocol/envelope.md#replies); `body` is never empty (docs/protocol/clients.md#replies).
 */
export function replyText(request: ApiRequest, reply: ApiReply): string {
  const {header, msgid} = request;
  const given = reply.body ?? {};
  const [first = {}, ...more] = isList(given) ? given : [given];
  const echoed = CREATING_HEADERS.has(header) && reply.echo !== false && msgid !== undefined;
  return JSON.stringify({
    ...(msgid === undefined ? {} : {msgid}),
    header: header === API_HEADER.createVideoBug ? VIDEO_BUG_REPLY : header + REPLY_SUFFIX,
    code: reply.code,
    body: [echoed ? {msgid, ...first} : first, ...more],
  });
}

/** Creates an event: a message without a request (docs/protocol/envelope.md#events). */
export function eventText(header: string, body: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({header, code: API_CODE.none, body: [body]});
}

function refused(header: string, msgid: ApiRequest['msgid']): Parsed {
  const echo = msgid === undefined ? {} : {msgid};
  return {refusal: JSON.stringify({...echo, header, code: API_CODE.badParameter, body: [{}]})};
}

/** Checks level by level, since a text may have more levels than the stack. */
function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > LEVELS) return false;
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return true;
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
