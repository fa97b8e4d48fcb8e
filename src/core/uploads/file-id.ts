import {SipError} from '../../errors.js';

/**
 * Checks the server's id of a file.
 *
 * @throws {SipError} `bad-parameter` if it is empty
 */
export function cleanFileId(id: string): string {
  const text = String(id).trim();
  if (!text) throw new SipError('bad-parameter', {subject: 'file id'});
  return text;
}
