import type {IncomingMessage, IncomingRequestMessage} from './sip-js.js';
import {LONGEST_DESCRIPTION} from '../media/peer/description.js';
import {decodedUser} from './headers/grammar.js';
import {LONGEST_VALUE} from './headers/header-values.js';
import {piecesOf, readSequence, type RawHeader} from './headers/sip-reader.js';
import {mediaTypeOf} from './headers/media-type.js';
import {SDP} from './headers/session-description.js';

/** The extensions that this side supports (RFC 3261 §20.37). */
export const SUPPORTED = ['outbound', 'path', 'replaces', 'timer', 'record-aware'];

/** The extensions that a request may require: without a reliable provisional response, a call is answered all the same. */
const MAY_REQUIRE: ReadonlySet<string> = new Set([...SUPPORTED, '100rel', 'answermode', 'norefersub']);

/** Headers that a request has once (RFC 3261 §7.3.1): sip.js takes the last of several. */
const ONCE: ReadonlySet<string> = new Set(['from', 'to', 'call-id', 'cseq', 'max-forwards']);

/** How a request is refused. */
export interface Refusal {
  readonly statusCode: number;
  readonly extraHeaders?: string[];
}

/** Whether a part of the body is missing. */
export function isCut(message: IncomingMessage): boolean {
  return new TextEncoder().encode(message.body).length < Number(message.getHeader('content-length'));
}

/**
 * Returns how to refuse a request that this side cannot understand (RFC 3261 §8.2.2, §8.2.3); undefined if it can.
 *
 * @param headers - Its headers as they arrived.
 */
export function refusalOf(
  message: IncomingRequestMessage,
  headers: readonly RawHeader[],
): Refusal | undefined {
  const names = headers.map(({name}) => name).filter((name) => ONCE.has(name));
  const method = readSequence(message.getHeader('cseq') ?? '')?.method;
  if (isCut(message) || new Set(names).size < names.length || method !== message.method)
    return {statusCode: 400};
  if (message.method === 'ACK' || message.method === 'CANCEL') return undefined;
  // sip.js throws for it.
  if (message.method === 'PRACK' && !message.toTag) return {statusCode: 481};
  // A few dozen such calls would fill the storage that the history shares with the site.
  const {uri} = message.from;
  const isLong = [String(uri), decodedUser(uri.user ?? ''), message.callId].some(
    ({length}) => length > LONGEST_VALUE,
  );
  if (!message.toTag && isLong) return {statusCode: 400};
  const missing = message
    .getHeaders('require')
    .flatMap((value) => piecesOf(value))
    .filter((tag) => tag && !MAY_REQUIRE.has(tag.toLowerCase()));
  if (missing.length > 0) return {statusCode: 420, extraHeaders: [`Unsupported: ${missing.join(', ')}`]};
  return message.method === 'INVITE' && message.body ? descriptionRefusal(message) : undefined;
}

/** Returns how to refuse a body that is no session description; one that may be ignored is (RFC 3204 §4). */
function descriptionRefusal(message: IncomingRequestMessage): Refusal | undefined {
  const {body} = message;
  const isOptional = /;\s*handling\s*=\s*optional\b/i.test(message.getHeader('content-disposition') ?? '');
  const isPlain = !message.hasHeader('content-encoding');
  if (isPlain && mediaTypeOf(message.getHeader('content-type') ?? SDP) === SDP)
    return body.length > LONGEST_DESCRIPTION ? {statusCode: 513} : undefined;
  return isOptional ? undefined : {statusCode: 415, extraHeaders: [`Accept: ${SDP}`]};
}
