import {once} from 'node:events';
import {request, type ClientRequest} from 'node:http';
import {answerTo, type Answer} from './raw-http.js';

const BOUNDARY = '----raw-upload';

/** The head of a form of the existing client: everything before the file's bytes. */
export function formHead(type: string, name: string, contentType = 'application/octet-stream'): string {
  const part = (field: string, more: string, value: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"${more}\r\n\r\n${value}`;
  return [
    part('fileType', '', `${type}\r\n`),
    part('fileName', '', `${name}\r\n`),
    part('any_file', `; filename="${name}"\r\nContent-Type: ${contentType}`, ''),
  ].join('');
}

/** What ends the form. */
export const FORM_END = `\r\n--${BOUNDARY}--\r\n`;

/** The head of a request, to be written to a socket. */
export function headOf(headers: Record<string, string>): string {
  const all = {Host: 'localhost', 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers};
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /UpFileServlet HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** Opens a request whose body the test writes; `answer` resolves with what comes back. */
export function openUpload(
  url: string,
  headers: Record<string, string> = {},
): {readonly asked: ClientRequest; readonly answer: Promise<Answer>} {
  const asked = request(new URL('UpFileServlet', url), {
    method: 'POST',
    headers: {'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers},
  });
  const answer = answerTo(asked);
  answer.catch(() => {});
  return {asked, answer};
}

/** Uploads a file as the existing client does. */
export async function upload(
  url: string,
  content: Buffer | string,
  {type = '1', name = 'a.txt', contentType = 'application/octet-stream'} = {},
): Promise<Answer> {
  const {asked, answer} = openUpload(url);
  asked.write(formHead(type, name, contentType));
  asked.write(content);
  asked.end(FORM_END);
  return answer;
}

/** Writes the chunk this many times, no faster than it is read. */
export async function stream(asked: ClientRequest, chunk: Buffer, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) if (!asked.write(chunk)) await once(asked, 'drain');
}
