import type {ApiMessage} from '../core/types.js';
import {firstOf, textOf} from './envelope.js';
import {API_HEADER, CREATING_HEADERS, ERROR_REPLY, REPLY_SUFFIX, VIDEO_BUG_REPLY} from './protocol.js';

/** A request without a reply. */
export interface Unanswered {
  readonly request: {readonly header: string; readonly msgid?: string | undefined};
  /** What carried the request: its reply comes the same way. */
  readonly carrier: unknown;
}

/**
 * Finds the request that the message replies to (docs/protocol/envelope.md#replies); undefined for an event, and a late
 * or repeated reply.
 *
 * @param echoes - Whether the server repeats the `msgid` of each request in its reply.
 */
export function requestOf<R extends Unanswered>(
  pending: Iterable<R>,
  message: ApiMessage,
  {carrier, echoes}: {readonly carrier: unknown; readonly echoes: boolean},
): R | undefined {
  const all = [...pending];
  const inner = textOf(firstOf(message)['msgid']);
  const fits = ({request}: R): boolean =>
    message.header === ERROR_REPLY || isReplyTo(request.header, message.header);
  for (const id of [message.msgid, inner]) {
    // A page may use the same id for several requests.
    const named = all.filter(({request}) => id !== undefined && request.msgid === id);
    const found = named.find(fits) ?? (id === inner ? undefined : named[0]);
    if (found) return found;
  }
  // The reply names a request that is settled: a late or repeated reply settles no other request. In replies to
  // requests that create nothing, the body's msgid may have any value.
  const isCreating = isReplyToCreating(message.header);
  if (message.msgid !== undefined || (inner !== undefined && isCreating)) return undefined;
  // Each server names the request that creates a session, but not one for the floor of a running one
  // (docs/protocol/clients.md#the-floor).
  const names = echoes || (isCreating && !isReplyTo(API_HEADER.applySpeak, message.header));
  const isNameless = names && message.header !== ERROR_REPLY;
  return oldestOn(all, carrier, (one) => fits(one) && !(isNameless && one.request.msgid !== undefined));
}

/** The oldest matching request on the carrier: a reply uses the carrier of its request. */
export function oldestOn<R extends Unanswered>(
  pending: Iterable<R>,
  carrier: unknown,
  fits: (request: R) => boolean,
): R | undefined {
  return [...pending].find((one) => one.carrier === carrier && fits(one));
}

/** The possible headers of a reply to the request, in lower case. */
export function repliesTo(request: string): readonly string[] {
  const regular = `${request}${REPLY_SUFFIX}`.toLowerCase();
  return request === API_HEADER.createVideoBug ? [VIDEO_BUG_REPLY.toLowerCase(), regular] : [regular];
}

/** Whether a message with the header replies to the request. */
export function isReplyTo(request: string, reply: string): boolean {
  return repliesTo(request).includes(reply.toLowerCase());
}

function isReplyToCreating(reply: string): boolean {
  return [...CREATING_HEADERS].some((header) => isReplyTo(header, reply));
}
