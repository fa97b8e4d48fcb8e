import type {SipHeaders} from './sip-headers.js';

/**
 * Headers that a page gives for a message, as whole lines. What checks them is loaded only if there are any: a command without
 * them waits for nothing.
 *
 * @throws {SipError} `bad-parameter`
 */
export async function givenHeaders(headers: SipHeaders): Promise<readonly string[]> {
  const {headerLines} = await import('./sip-headers.js');
  return headerLines(headers);
}
