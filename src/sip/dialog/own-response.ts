import type {IncomingResponseMessage} from '../sip-js.js';

/**
 * Why sip.js itself answered a request: a timeout or a transport failure (RFC 3261 §8.1.3.1). Undefined for a real
 * response, which has a Via.
 */
export function ownFailure({
  via,
  statusCode,
}: Pick<IncomingResponseMessage, 'via' | 'statusCode'>): 'timeout' | 'connection-lost' | undefined {
  if (via) return undefined;
  return statusCode === 408 ? 'timeout' : 'connection-lost';
}
