import {request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import {buffer} from 'node:stream/consumers';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Resolves with the answer to a request; with an empty body if that is an upgrade. */
export async function answerTo(asked: ClientRequest): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('error', reject).once('response', resolve);
    asked.once('upgrade', (upgraded: IncomingMessage, socket) => {
      socket.destroy();
      resolve(upgraded);
    });
  });
  const {statusCode: status = 0, headers} = response;
  return {status, headers, body: status === 101 ? Buffer.alloc(0) : await buffer(response)};
}

/**
 * Requests a path of a server on this machine exactly as it is written: `fetch` would resolve its dots. The connection
 * is a new one: an old one may lead to a server that has ended.
 */
export function ask(
  {port}: {readonly port: number},
  path: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return answerTo(request({host: '127.0.0.1', port, path, method, headers, agent: false}).end());
}
