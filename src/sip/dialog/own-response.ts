import type {IncomingResponseMessage} from '../sip-js.js';
import {SipError, toSipError, type SipErrorCode} from '../../errors.js';

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

/** Returns why a request within a dialog failed: by `refused`, unless sip.js itself answered it or the dialog is gone. */
export function dialogRefusal(
  message: IncomingResponseMessage,
  refused: SipErrorCode,
  subject: string,
): SipError {
  const status = message.statusCode ?? 500;
  const code = ownFailure(message);
  if (code) return new SipError(code, {subject});
  return status === 481 ? toSipError({status}, subject) : new SipError(refused, {subject, status});
}
