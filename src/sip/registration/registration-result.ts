import type {IncomingResponseMessage, NameAddrHeader} from '../sip-js.js';
import {SipError, type SipErrorCode} from '../../errors.js';
import {refusesCredentials} from '../auth/authentication.js';

/** The relevant parts of the final response to a REGISTER. Times are in seconds. */
export interface RegistrationResult {
  readonly status: number;
  /** Whether it has a challenge: one that must not be answered is taken out of a 401 (`Challenges`). */
  readonly isChallenge: boolean;
  /** The lifetime that the server granted. */
  readonly expires: number;
  /** The minimum lifetime that the server requires, if any. */
  readonly minExpires: number | undefined;
  readonly retryAfter: number | undefined;
  /** The longest time between keep-alives (RFC 5626 §10), if the server asks for one. */
  readonly flowTimer: number | undefined;
}

/**
 * Reads a response tolerantly: the lifetime of our Contact, else of the header, else the requested one.
 *
 * @param contactUser - The user part of our Contact.
 */
export function registrationResult(
  message: IncomingResponseMessage,
  contactUser: string | undefined,
  asked: number,
): RegistrationResult {
  const ours = message
    .getHeaders('contact')
    .map((_, index) => message.parseHeader('contact', index) as NameAddrHeader | undefined)
    .find((contact) => contact?.uri.user === contactUser);
  return {
    status: message.statusCode ?? 500,
    isChallenge: message.hasHeader('www-authenticate') || message.hasHeader('proxy-authenticate'),
    expires: positive(ours?.getParam('expires')) ?? positive(message.getHeader('expires')) ?? asked,
    minExpires: positive(message.getHeader('min-expires')),
    retryAfter: positive(message.getHeader('retry-after')),
    flowTimer: positive(message.getHeader('flow-timer')),
  };
}

/** The error that a refusal means to the user. */
export function refusal(
  {status, isChallenge, retryAfter}: RegistrationResult,
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

function positive(text: unknown): number | undefined {
  const value = Number.parseInt(String(text), 10);
  return value > 0 ? value : undefined;
}
