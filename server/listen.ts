import {createServer, type RequestListener, type Server} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Certificate} from './tls.js';

/** Where to listen. */
export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** A single address or name to listen on; loopback alone, in both its forms, where it is not given. */
  readonly host: string | undefined;
  readonly certificate: Certificate | undefined;
  readonly listener: RequestListener;
}

/** What listens: one server an address, all on one port. */
export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/** A machine without IPv6 says one of these. */
const NO_IPV6: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/** How many free ports are tried until one is free in both forms of loopback. */
const ATTEMPTS = 20;

/** Listens; rejects with the system's error, EADDRINUSE where the port is taken on either address. */
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

/** Stops listening and ends every connection; resolves when that is done. */
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

function open({certificate, listener}: ListenOptions, host: string, port: number): Promise<Server> {
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  // A large file over a slow line takes longer than Node's five minutes; who sends nothing is cut off by the uploads.
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({port, host}, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
