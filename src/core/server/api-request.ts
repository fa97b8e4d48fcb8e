import {SipError} from '../../errors.js';

/** The text of a message that a page gave as text, which is sent unchanged. */
export const WRITTEN = Symbol('written');

/** A message to the server's API as an object (docs/protocol/envelope.md#requests). */
export interface ApiRequestObject {
  readonly header: string;
  readonly body?: unknown;
  /** A new UUID by default. */
  readonly msgid?: string | undefined;
  /** @internal */
  readonly [WRITTEN]?: string;
}

/** A message to the server's API: an object, or its JSON as text, which is sent unchanged. */
export type ApiRequest = string | ApiRequestObject;

/**
 * Parses a message that a page gives. Other properties are kept, and no `msgid` is added.
 *
 * @throws {SipError} `bad-parameter` if it is not JSON, or not an object with a header.
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
    throw new SipError('bad-parameter', {subject: 'a message that is not JSON', cause});
  }
}

function withoutHeader(): SipError {
  return new SipError('bad-parameter', {subject: 'a message without a header'});
}
