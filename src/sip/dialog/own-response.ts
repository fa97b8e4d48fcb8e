import type {IncomingResponseMessage} from 'sip.js/lib/core/index.js';

/**
 * Why sip.js answered a request itself: a timer's end, or a transport's failure (RFC 3261 §8.1.3.1). Undefined where a response
 * came: that one has a Via.
 */
export function ownFailure({
  via,
  statusCode,
}: Pick<IncomingResponseMessage, 'via' | 'statusCode'>): 'timeout' | 'connection-lost' | undefined {
  if (via) return undefined;
  return statusCode === 408 ? 'timeout' : 'connection-lost';
}
