import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocketServer, type WebSocket} from 'ws';
import type {Access} from './access.js';
import type {ApiServer} from './api/api-server.js';
import {API_PATH, SIP_PATH} from './http.js';
import {originOf, pathOf} from './origin.js';
import {reads} from './reads.js';
import type {SipHub} from './sip/index.js';

/** The largest accepted frames, in bytes; a larger one closes its socket with 1009 (RFC 6455 §7.4.1). */
const FRAME_LIMIT = {sip: 64 * 1024, api: 1024 * 1024} as const;

/** The most parts of a message, and the most packets of a part: each takes more memory than its bytes. */
const PART_LIMIT = {maxFragments: 1_000, maxBufferedChunks: 4_000} as const;

/** How long a socket may take to close, in milliseconds. */
const FAREWELL = 1000;

/** Where WebSockets are routed, and how they are checked. */
export interface SocketOptions {
  readonly hub: SipHub;
  readonly api: ApiServer;
  readonly access: Access;
  /** How often sockets are pinged, in milliseconds; a socket that did not answer the last ping is closed. */
  readonly pingInterval: number;
  /** The most WebSockets of an address that have not logged in. */
  readonly strangers: number;
  /** How long one of them keeps its place when another one comes, in milliseconds. */
  readonly loginTimeout: number;
}

/** The client of a WebSocket. */
interface Client {
  /** Its address. */
  readonly remote: string;
  /** When it came, by `performance.now()`. */
  readonly since: number;
  /** Whether it has not logged in. */
  isStranger(): boolean;
}

/** Accepts WebSockets on the server's two paths, and closes those whose client has disappeared. */
export class SocketServer {
  readonly #options: SocketOptions;
  readonly #sockets = new Map<WebSocket, Client>();
  readonly #unanswered = new WeakSet<WebSocket>();
  readonly #sip = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_LIMIT.sip,
    ...PART_LIMIT,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  readonly #api = new WebSocketServer({noServer: true, maxPayload: FRAME_LIMIT.api, ...PART_LIMIT});
  readonly #pings: NodeJS.Timeout;
  #closed = false;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#pings = setInterval(() => this.#ping(), options.pingInterval);
  }

  /** Handles the upgrades of a server. */
  serve(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Closes every socket; resolves when they are closed. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#pings);
    await Promise.all([...this.#sockets.keys()].map(farewell));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#closed) return refuse(socket, '503 Service Unavailable', 'The server ends.');
    const {hub, api, access} = this.#options;
    const refusal = access.refusalOf(request);
    if (refusal !== undefined) return refuse(socket, '403 Forbidden', refusal);
    const path = pathOf(request).replace(/\/$/, '');
    const origin = originOf(request);
    const remote = request.socket.remoteAddress ?? '';
    const since = performance.now();
    if (!this.#hasPlace(remote))
      return refuse(
        socket,
        '429 Too Many Requests',
        'Too many WebSockets of your address have not logged in.',
      );
    if (path === SIP_PATH) {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!offered.includes('sip'))
        return refuse(socket, '400 Bad Request', 'The subprotocol is sip (RFC 7118).');
      this.#sip.handleUpgrade(request, socket, head, (taken) => {
        const connection = hub.accept(taken, origin, remote);
        this.#keep(taken, {remote, since, isStranger: () => connection.user === undefined});
      });
    } else if (path === API_PATH) {
      this.#api.handleUpgrade(request, socket, head, (taken) => {
        const client = api.accept(taken, origin, remote);
        this.#keep(taken, {remote, since, isStranger: () => client.login === undefined});
      });
    } else refuse(socket, '404 Not Found', `WebSockets are at ${SIP_PATH} and ${API_PATH}.`);
  }

  #keep(socket: WebSocket, client: Client): void {
    this.#sockets.set(socket, client);
    socket.on('pong', () => this.#unanswered.delete(socket));
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /**
   * Whether another WebSocket of the address may come. If too many of it have not logged in, the oldest of them makes room
   * once it has had its time: all clients behind a proxy have one address.
   */
  #hasPlace(remote: string): boolean {
    const {strangers, loginTimeout} = this.#options;
    const waiting = [...this.#sockets].filter(
      ([, client]) => client.remote === remote && client.isStranger(),
    );
    if (waiting.length < strangers) return true;
    const [[oldest, {since}] = [undefined, {since: Infinity}]] = waiting;
    if (performance.now() - since < loginTimeout) return false;
    oldest?.terminate();
    if (oldest) this.#sockets.delete(oldest);
    return true;
  }

  /**
   * Browsers answer pings automatically, so this requires nothing of existing clients
   * (docs/protocol/clients.md#carrier-2).
   */
  #ping(): void {
    for (const socket of this.#sockets.keys()) {
      if (this.#unanswered.has(socket)) socket.terminate();
      // A client can send pongs without having read a ping.
      else if (reads(socket)) {
        this.#unanswered.add(socket);
        socket.ping();
      }
    }
  }
}

function refuse(socket: Duplex, status: string, text: string): void {
  const length = Buffer.byteLength(text);
  socket.on('error', () => undefined);
  // A client that leaves its side open would stay for ever.
  const enough = setTimeout(() => socket.destroy(), FAREWELL);
  socket.once('close', () => clearTimeout(enough));
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n${text}`,
  );
}

function farewell(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) return resolve();
    const timer = setTimeout(() => socket.terminate(), FAREWELL);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001, 'The server ends');
  });
}
