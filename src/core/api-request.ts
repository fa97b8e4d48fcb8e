import {SipError} from '../errors.js';

/** A message to the server's API as an object (protocol page §2). */
export interface ApiRequestObject {
  readonly header: string;
  readonly body?: unknown;
  /** A fresh UUID where it is missing. */
  readonly msgid?: string | undefined;
}

/** A message to the server's API: an object, or its JSON as text. */
export type ApiRequest = string | ApiRequestObject;

/**
 * Reads a message that a page gives; whatever else is in it stays as written.
 *
 * @throws {SipError} `bad-parameter` where it is no JSON, or no object with a header.
 */
export function parseApiRequest(message: ApiRequest): ApiRequestObject {
  const request: unknown = typeof message === 'string' ? parsed(message) : message;
  if (typeof request !== 'object' || request === null) throw withoutHeader();
  const {header, msgid} = request as Partial<Record<keyof ApiRequestObject, unknown>>;
  if (typeof header !== 'string' || header === '') throw withoutHeader();
  const own = typeof msgid === 'string' && msgid ? {msgid} : {msgid: undefined};
  return {...request, header, ...own};
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
