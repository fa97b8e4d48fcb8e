/**
 * What a callee's refusal tells the caller, as a SIP status.
 *
 * Redirections and challenges are meant for this server, which follows and answers none of them; the caller could do
 * nothing with them (RFC 3261 §8.1.3.4, §22.3). To him the callee is not there.
 */
export function passedOn(status: number): number {
  return status < 400 || status === 401 || status === 407 ? 480 : status;
}

/** The same, where what failed on the way to the callee is not the caller's to know: the callee is not there. */
export function refusedWith(status: number): number {
  return status === 410 || (status >= 500 && status < 600) ? 480 : passedOn(status);
}
