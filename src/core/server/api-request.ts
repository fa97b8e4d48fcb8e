import {SipError} from '../../errors.js';

/** The text of a message that a page wrote as text; it is what travels. */
export const WRITTEN = Symbol('written');

/** A message to the server's API as an object (protocol page §2). */
export interface ApiRequestObject {
  readonly header: string;
  readonly body?: unknown;
  /** A fresh UUID where it is missing. */
  readonly msgid?: string | undefined;
  /** @internal */
  readonly [WRITTEN]?: string;
}

/** A message to the server's API: an object, or its JSON as text, which is sent as it is written. */
export type ApiRequest = string | ApiRequestObject;

/**
 * Reads a message that a page gives; whatever else is in it stays as written. A text without a `msgid` gets none.
 *
 * @throws {SipError} `bad-parameter` where it is no JSON, or no object with a header.
 */
export function parseApiRequest(message: ApiRequest): ApiRequestObject {
  const request: unknown = typeof message === 'string' ? parsed(message) : message;
  if (typeof request !== 'object' || request === null) throw withoutHeader();
  const {header, msgid} = request as Partial<Record<keyof ApiRequestObject, unknown>>;
  if (typeof header !== 'string' || header === '') throw withoutHeader();
  const own = typeof msgid === 'number' ? String(msgid) : typeof msgid === 'string' && msgid;
  const written = typeof message === 'string' ? {[WRITTEN]: message} : {};
  return {...request, header, msgid: own || undefined, ...written};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: 'a message that is no JSON', cause});
  }
}

function withoutHeader(): SipError {
  return new SipError('bad-parameter', {subject: 'a message without a header'});
}
