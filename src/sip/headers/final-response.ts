import type {IncomingResponseMessage, NameAddrHeader} from '../sip-js.js';

/** What a final response says of how to go on, such as one to a REGISTER. Times are in seconds. */
export interface FinalResponse {
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
export function readFinalResponse(
  message: IncomingResponseMessage,
  contactUser: string | undefined,
  asked: number,
): FinalResponse {
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

function positive(text: unknown): number | undefined {
  const value = Number.parseInt(String(text), 10);
  return value > 0 ? value : undefined;
}
