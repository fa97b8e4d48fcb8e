import {WRITTEN} from '../core/server/api-request.js';
import type {ApiMessage} from '../core/types.js';
import {randomUuid} from '../core/util/uuid.js';
import {SipError} from '../errors.js';

/** Marks an internal request whose reply the page does not receive; it is not transmitted. */
export const UNREPORTED = Symbol('unreported');

/** A request as transmitted (docs/protocol/envelope.md#requests). */
export interface ApiRequest {
  /** Undefined for a page's own text without one. */
  readonly msgid: string | undefined;
  readonly header: string;
  /** Absent if the request has none. */
  readonly body?: unknown;
  readonly [UNREPORTED]?: true;
  readonly [WRITTEN]?: string;
}

/** The result of parsing a text: a message, or the reason for a failure. */
export type ParsedText =
  {readonly message: ApiMessage} | {readonly message?: undefined; readonly reason: string};

/** Creates a request; its `msgid` defaults to a new UUID. */
export function makeRequest(header: string, body?: unknown, msgid: string = randomUuid()): ApiRequest {
  return body === undefined ? {msgid, header} : {msgid, header, body};
}

/**
 * Serializes a request as JSON; the text of a page's own request stays unchanged.
 *
 * @throws {SipError} `bad-parameter` if its body cannot be serialized: a cycle, a BigInt.
 */
export function requestText(request: ApiRequest): string {
  try {
    return request[WRITTEN] ?? JSON.stringify(request);
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: request.header, cause});
  }
}

/** The maximum nesting of a message: far more than any has, and few enough for recursive readers. */
const MOST_LEVELS = 100;

/**
 * Parses a text of the server tolerantly: accepts a code as text, a body that is missing or not an array, and unknown
 * fields. Never throws.
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

/** The body's first element, or an empty record if that is not a record. */
export function firstOf(message: Pick<ApiMessage, 'body'>): Readonly<Record<string, unknown>> {
  const [first] = message.body;
  return isRecord(first) ? first : {};
}

/** Reads an integer, which may be given as text (docs/protocol/envelope.md#values). */
export function integerOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}\s*$/.test(value)) return undefined;
  return Number(value);
}

/** Halves of a character, which JSON can write: no URI or file can contain them. */
const HALVES = /\p{Surrogate}/gu;

/** Reads a text, which may be given as a number; undefined if it is empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(HALVES, '').trim() || undefined : undefined;
}

/** Returns a time in milliseconds since the epoch; undefined if no calendar has it. */
export function timeOf(milliseconds: number | undefined): number | undefined {
  return new Date(milliseconds || NaN).getTime() || undefined;
}

/** Reads a decimal number, which may be given as text. */
export function decimalOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,15}(?:\.\d{1,20})?\s*$/.test(value)) return undefined;
  return Number(value);
}

/**
 * The JSON of a frame, which may be binary (docs/protocol/carriers.md#carrier-2). Invalid UTF-8 fails in the parser,
 * not here.
 */
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

/** Checks the nesting level by level: recursion could overflow the stack. */
function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return false;
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return true;
}
