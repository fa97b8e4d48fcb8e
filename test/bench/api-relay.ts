import {once} from 'node:events';
import {createServer, request} from 'node:http';
import type {AddressInfo} from 'node:net';
import {WebSocketServer, type RawData, type WebSocket} from 'ws';
import {onwardSocket} from '../support/servers/onward-socket.js';

/** A way to a development server, on which a bench adds messages of the server's API. */
export interface ApiRelay {
  /** The URL under which pages find the server, with a final slash; and that of its API. */
  readonly url: string;
  readonly api: string;
  /** Sends an event to the page, or the worker, that has opened the API's socket last. */
  send(header: string, body: readonly object[]): void;
  close(): void;
}

/** Calls a function for so many seconds, so many times a second, with the numbers from 0 on; as often at once as is due. */
export async function atRate(rate: number, seconds: number, send: (index: number) => void): Promise<void> {
  const began = performance.now();
  for (let index = 0; index < seconds * rate;) {
    const due = Math.min(seconds * rate, ((performance.now() - began) / 1000) * rate);
    for (; index < due; index += 1) send(index);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Opens such a way: pages, SIP and the API pass unchanged. */
export async function openApiRelay(server: string): Promise<ApiRelay> {
  const pages = createServer((asked, reply) => {
    const {method, headers, url = ''} = asked;
    const onward = request(new URL(url, server), {method, headers}, (response) => {
      reply.writeHead(response.statusCode!, response.headers);
      response.pipe(reply);
    });
    asked.pipe(onward);
  });
  const sockets = new WebSocketServer({server: pages});
  let api: WebSocket | undefined;
  sockets.on('connection', (socket, asked) => {
    const address = new URL(asked.url!, server.replace(/^http/, 'ws'));
    const onward = onwardSocket(address, asked);
    if (address.pathname.endsWith('/websocketapi')) api = socket;
    const opened = once(onward, 'open');
    socket.on(
      'message',
      (data: RawData, binary) =>
        void opened.then(
          () => onward.send(data, {binary}),
          () => {},
        ),
    );
    onward.on('message', (data: RawData, binary) => socket.send(data, {binary}));
    opened.catch(() => socket.close());
    socket.on('close', () => onward.terminate());
    onward.on('close', () => socket.close());
  });
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  const host = `127.0.0.1:${(pages.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/`,
    api: `ws://${host}/websocketapi`,
    send: (header, body) => api!.send(JSON.stringify({msgid: '', header, code: 0, result: '', body})),
    close() {
      for (const socket of sockets.clients) socket.terminate();
      pages.close();
      pages.closeAllConnections();
    },
  };
}
