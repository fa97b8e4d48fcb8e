import {createServer, type RequestListener, type Server, type ServerResponse} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {Certificate} from './tls.js';

/** Where to listen. */
export interface ListenOptions {
  /** 0 chooses a free port. */
  readonly port: number;
  /** A single address or name to listen on; by default only loopback, IPv4 and IPv6. */
  readonly host: string | undefined;
  readonly certificate: Certificate | undefined;
  readonly listener: RequestListener;
  /** How long a client may neither send nor read what is there for it, in milliseconds. */
  readonly silence: number;
}

/** The listening servers: one per address, all on one port. */
export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/** The most requests of a connection that wait behind another one: browsers send none before the answer to the last. */
const MOST_WAITING = 100;

/** The error codes of a machine without IPv6. */
const NO_IPV6: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/** How many free ports are tried until one is free on both loopback addresses. */
const ATTEMPTS = 20;

/** Listens; rejects with the system's error, EADDRINUSE if the port is in use on either address. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const {port, host} = options;
  if (host !== undefined) {
    const server = await open(options, host, port);
    return {servers: [server], port: portOf(server)};
  }
  for (let attempt = 1; ; attempt += 1) {
    const first = await open(options, '127.0.0.1', port);
    try {
      const second = await open(options, '::1', portOf(first));
      return {servers: [first, second], port: portOf(first)};
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code ?? '';
      if (NO_IPV6.has(code)) return {servers: [first], port: portOf(first)};
      first.close();
      if (port !== 0 || code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw thrown;
    }
  }
}

/** Stops listening and closes every connection; resolves when that is done. */
export async function stop({servers}: Listening): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}

/**
 * Handles the requests of a connection one after another. If the connection closes, Node reports that to the first of its
 * responses alone: what the others had opened would stay open.
 */
function inTurn(listener: RequestListener, answering: WeakMap<Socket, ServerResponse>): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  const handle: RequestListener = (request, response) => {
    answering.set(request.socket, response);
    listener(request, response);
  };
  return (request, response) => {
    if (response.socket) return handle(request, response);
    const {socket} = request;
    const count = waiting.get(socket) ?? 0;
    if (count >= MOST_WAITING) return void socket.destroy();
    waiting.set(socket, count + 1);
    response.once('socket', () => {
      waiting.set(socket, waiting.get(socket)! - 1);
      handle(request, response);
    });
  };
}

function open({certificate, listener, silence}: ListenOptions, host: string, port: number): Promise<Server> {
  const answering = new WeakMap<Socket, ServerResponse>();
  const handle = inTurn(listener, answering);
  const server = certificate ? createSecureServer(certificate, handle) : createServer(handle);
  server.setTimeout(silence, (socket) => {
    const response = answering.get(socket);
    // A client that waits for what takes the server long, such as building a page, has nothing to send or to read.
    if (!response?.req.complete || response.headersSent) socket.destroy();
  });
  // A large file over a slow connection takes longer than Node's five minutes; uploads end clients that send nothing.
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({port, host}, () => {
      server.off('error', reject);
      // A connection that cannot be accepted, such as for lack of descriptors, concerns its client alone.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
