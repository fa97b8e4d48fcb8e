import {SipError} from '../../errors.js';
import {fileTypeNumber} from './file-type.js';

/**
 * Returns the name and type of a file, derived from the file unless the page gives them.
 *
 * @throws {SipError} `bad-parameter` if it is not a file; `file-unreadable` if it is empty.
 */
export function described(
  file: unknown,
  {name: given, type}: {readonly name?: string | undefined; readonly type?: unknown},
): {readonly name: string; readonly type: number} {
  if (!(file instanceof Blob)) throw new SipError('bad-parameter', {subject: 'an object that is not a file'});
  const [name = ''] = (given || (file instanceof File ? file.name : '')).split(/[/\\]/).slice(-1);
  if (!file.size) throw new SipError('file-unreadable', {subject: name});
  return {name: name || 'file', type: fileTypeNumber(type, file, name)};
}

/** Returns the form, with its parts in the server's order. */
export function formOf(file: Blob, name: string, type: number): FormData {
  const form = new FormData();
  form.append('fileType', String(type));
  form.append('fileName', name);
  form.append('any_file', file, name);
  return form;
}

/**
 * Checks that a file can be read: a file that was changed or moved, or a folder, fails like a lost connection.
 *
 * @throws {SipError} `file-unreadable`
 */
export async function checkReadable(file: Blob, name: string): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new SipError('file-unreadable', {subject: name, cause});
  }
}
