import type {IncomingRequestMessage} from 'sip.js/lib/core/index.js';

/** Returns the Content-Type of a request on one line, including parameters; undefined if it has none. */
export function contentTypeOf(message: IncomingRequestMessage): string | undefined {
  const lines = message.getHeader('content-type')?.split('\r\n');
  return lines?.map((line) => line.trim()).join(' ');
}

/**
 * Returns the SIP status that the caller gets for a callee's refusal.
 *
 * Redirections and challenges are meant for this server, which follows and answers none of them; the caller could do
 * nothing with them (RFC 3261 §8.1.3.4, §22.3). For the caller, the callee is absent.
 */
export function passedOn(status: number): number {
  return status < 400 || status === 401 || status === 407 ? 480 : status;
}

/** The same, but failures on the way to the callee are hidden too: the callee appears absent. */
export function refusedWith(status: number): number {
  return status === 410 || (status >= 500 && status < 600) ? 480 : passedOn(status);
}
