import type {SipHeaders} from './sip-headers.js';

/**
 * Headers that a page gives for a message, as whole lines. What checks them is loaded only if there are any.
 *
 * @throws {SipError} `bad-parameter`
 */
export async function givenHeaders(headers: SipHeaders | undefined): Promise<readonly string[] | undefined> {
  if (!headers) return undefined;
  const {headerLines} = await import('./sip-headers.js');
  return headerLines(headers);
}
