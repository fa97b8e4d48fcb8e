import {SipError, type SipErrorCode} from '../../errors.js';
import {refusesCredentials} from '../auth/authentication.js';
import type {FinalResponse} from '../headers/final-response.js';

/** The error that a refusal means to the user. */
export function refusal(
  {status, isChallenge, retryAfter}: FinalResponse,
  {user, domain}: Readonly<Record<'user' | 'domain', string>>,
): SipError {
  const code = codeOf(status, isChallenge);
  // A page that configures no domain may not know which one the request used.
  const subject = code === 'unknown-user' ? `${user}@${domain}` : user;
  return new SipError(code, {subject, status, cause: {status, retryAfter}});
}

/**
 * Whether a failed renewal is worth another attempt: a refusal is not. A failure without a status comes from the page's
 * function.
 */
export function passing({code, status}: SipError): boolean {
  return code === 'timeout' || status === undefined || (status >= 500 && status < 600);
}

function codeOf(status: number, isChallenge: boolean): SipErrorCode {
  // No credentials were sent.
  if (status !== 403 && refusesCredentials(status) && !isChallenge) return 'registration-refused';
  if (refusesCredentials(status)) return 'wrong-password';
  if (status === 404) return 'unknown-user';
  if (status === 408) return 'timeout';
  return 'registration-refused';
}
