import {WRITTEN} from '../core/server/api-request.js';
import type {ApiMessage} from '../core/types.js';
import {randomUuid} from '../core/util/uuid.js';
import {SipError} from '../errors.js';

/** Marks a request of the client's own whose reply the page is not told of; it does not travel. */
export const UNTOLD = Symbol('untold');

/** A request as it travels (protocol page §2). */
export interface ApiRequest {
  /** Undefined in a text of the page's that has none. */
  readonly msgid: string | undefined;
  readonly header: string;
  /** Absent where there is nothing to say. */
  readonly body?: unknown;
  readonly [UNTOLD]?: true;
  readonly [WRITTEN]?: string;
}

/** What became of a text that arrived: a message, or the reason why it is none. */
export type ParsedText =
  {readonly message: ApiMessage} | {readonly message?: undefined; readonly reason: string};

/** Makes a request; its `msgid` is a fresh UUID where none is given. */
export function makeRequest(header: string, body?: unknown, msgid: string = randomUuid()): ApiRequest {
  return body === undefined ? {msgid, header} : {msgid, header, body};
}

/**
 * Writes a request as JSON; one that a page wrote as text stays as it is.
 *
 * @throws {SipError} `bad-parameter` where its body cannot be written: a circle, a BigInt.
 */
export function requestText(request: ApiRequest): string {
  try {
    return request[WRITTEN] ?? JSON.stringify(request);
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: request.header, cause});
  }
}

/** How many levels a message may have: far more than any has, and few enough for what walks through it. */
const LEVELS = 100;

/**
 * Reads a text of the server, tolerantly: a code as text, a body that is missing or no array, further fields. Never
 * throws.
 */
export function parseText(text: string): ParsedText {
  let raw: unknown;
  const json = text.replace(/^\uFEFF/, '');
  try {
    raw = JSON.parse(json);
  } catch (error) {
    return {reason: error instanceof Error ? error.message : String(error)};
  }
  if (!isRecord(raw)) return {reason: 'it is no JSON object'};
  if (!isShallow(raw)) return {reason: 'it is nested too deeply'};
  const {header, body} = raw;
  if (typeof header !== 'string' || header.trim() === '') return {reason: 'it has no header'};
  const code = integerOf(raw['code']);
  const msgid = textOf(raw['msgid']);
  return {
    message: {
      header: header.trim(),
      ...(code !== undefined && {code}),
      ...(msgid !== undefined && {msgid}),
      body: Object.freeze(listOf(body)),
      raw,
      text: json,
    },
  };
}

/** The body's first element as a record; an empty one where it is none. */
export function firstOf(message: ApiMessage): Readonly<Record<string, unknown>> {
  const [first] = message.body;
  return isRecord(first) ? first : {};
}

/** A number that may have come as text, where it is a whole one (protocol page §2). */
export function integerOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}\s*$/.test(value)) return undefined;
  return Number(value);
}

/** A text that may have come as a number; undefined where it is empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

/** A number that may have come as text, with or without a fraction. */
export function decimalOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}(?:\.\d{1,20})?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** The JSON of a frame, which may be binary (protocol page §1). Bytes that are no UTF-8 fail in the parser, not here. */
export function textOfFrame(data: string | ArrayBuffer): string {
  return typeof data === 'string' ? data : new TextDecoder().decode(data);
}

function listOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return [...(body as unknown[])];
  return body === undefined || body === null ? [] : [body];
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks level by level, since a text may have more of them than the stack. */
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
