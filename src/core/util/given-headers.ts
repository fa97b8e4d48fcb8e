import type {SipHeaders} from './sip-headers.js';

/**
 * Returns the page's headers for a message as whole lines. The code that checks them is loaded only if there are any,
 * so a command without headers does not wait.
 *
 * @throws {SipError} `bad-parameter`
 */
export async function givenHeaders(headers: SipHeaders): Promise<readonly string[]> {
  const {headerLines} = await import('./sip-headers.js');
  return headerLines(headers);
}
