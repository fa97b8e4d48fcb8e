import {SipError} from '../../errors.js';

/**
 * Checks what the server calls a file.
 *
 * @throws {SipError} `bad-parameter` where it is empty
 */
export function cleanFileId(id: string): string {
  const text = String(id).trim();
  if (!text) throw new SipError('bad-parameter', {subject: 'file id'});
  return text;
}
