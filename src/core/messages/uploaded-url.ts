import {SipError} from '../../errors.js';
import {webAddress} from './message.js';
import type {UploadResult} from '../uploads/upload-request.js';

/**
 * Returns the URL of an uploaded file from the server's reply: by the page's function, the text itself, or `url` in its
 * JSON.
 *
 * @throws {SipError} `file-too-large`, `server-error`; `bad-reply` if there is none.
 */
export function uploadedUrl(
  result: UploadResult,
  name: string,
  page: (result: UploadResult) => string | undefined,
): string {
  const {ok, status, response} = result;
  if (!ok && status === 413) throw new SipError('file-too-large', {subject: name, status});
  if (!ok) throw new SipError('server-error', {subject: `${name} · ${status}`, status});
  const url = webAddress(page(result) ?? addressIn(response));
  if (url === undefined) throw new SipError('bad-reply', {subject: name});
  return url;
}

function addressIn(response: string): string | undefined {
  const text = response.trim();
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  try {
    const {url} = JSON.parse(text) as {url?: unknown};
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}
