import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {WebSocket, WebSocketServer, type RawData} from 'ws';
import {onwardSocket} from './onward-socket.js';

/** From the page to its server, or back. */
export type Direction = 'up' | 'down';

/** What happens to each message: nothing, it is sent twice, it changes places with the next one, or a byte of it is changed. */
export type Treatment = 'none' | 'twice' | 'swapped' | 'corrupt';

/** How long a message waits for the next one to change places with, in milliseconds. */
const SWAP = 100;

/** One direction of one connection: messages arrive in order, after their delay. */
class Lane {
  readonly #way: FaultyWay;
  readonly #direction: Direction;
  readonly #send: (data: RawData, binary: boolean) => void;
  #last: Promise<void> = Promise.resolve();
  #kept: (() => void) | undefined;

  constructor(way: FaultyWay, direction: Direction, send: (data: RawData, binary: boolean) => void) {
    this.#way = way;
    this.#direction = direction;
    this.#send = send;
  }

  /** Runs a task after everything that came before it has passed. */
  then(task: () => void): void {
    this.#last = this.#last.then(() => this.#way.passes(this.#direction)).then(task);
  }

  take(data: RawData, binary: boolean): void {
    const due = Date.now() + this.#way.delay;
    this.#last = this.#last.then(async () => {
      const {rate} = this.#way;
      const late = due - Date.now() + (rate ? (1000 * (data as Buffer).length) / rate : 0);
      if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
      await this.#way.passes(this.#direction);
      this.#treat(data as Buffer, binary);
    });
  }

  #treat(data: Buffer, binary: boolean): void {
    const {treatment} = this.#way;
    const send = (): void => this.#send(data, binary);
    if (treatment === 'corrupt') data[Math.floor(Math.random() * data.length)]! ^= 0x15;
    if (treatment === 'swapped' && !this.#kept) {
      this.#kept = send;
      setTimeout(() => this.#release(), SWAP);
      return;
    }
    send();
    if (treatment === 'twice') send();
    this.#release();
  }

  #release(): void {
    this.#kept?.();
    this.#kept = undefined;
  }
}

/** A proxy between a page and its server: a test breaks or holds its connections, and changes its messages. */
export class FaultyWay {
  /** The address for pages, such as `ws://127.0.0.1:40123`. */
  readonly url: string;
  /** By how much every message is late, in milliseconds. */
  delay = 0;
  /** How many bytes pass in a second each way; 0 for as many as come. */
  rate = 0;
  treatment: Treatment = 'none';
  /** Whether new connections are refused. */
  refuses = false;
  /** How many connections have been opened so far. */
  opened = 0;
  readonly #held = new Set<Direction>();
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets = new WebSocketServer({noServer: true, handleProtocols: ([first]) => first ?? false});
  readonly #pairs = new Set<readonly [near: WebSocket, far: WebSocket]>();
  readonly #opened = new EventTarget();

  private constructor(server: ReturnType<typeof createServer>, target: (path: string) => string) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('upgrade', (request, socket, head) => {
      void this.#connect(target(request.url!), request, socket, head);
    });
  }

  /** @param target - The server's address for a path. */
  static async open(target: (path: string) => string): Promise<FaultyWay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultyWay(server, target);
  }

  /** Lets nothing pass in these directions: messages, ends of connections and new connections wait. */
  hold(...directions: readonly Direction[]): void {
    for (const direction of directions) this.#held.add(direction);
  }

  /** Lets everything pass that waits. */
  let(): void {
    this.#held.clear();
    this.#opened.dispatchEvent(new Event('let'));
  }

  /** Breaks every connection at both ends, as a reset does. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.terminate();
      far.terminate();
    }
    this.#pairs.clear();
  }

  /** Resolves once the direction is open. */
  async passes(direction: Direction): Promise<void> {
    while (this.#held.has(direction))
      await new Promise((resolve) => this.#opened.addEventListener('let', resolve, {once: true}));
  }

  async close(): Promise<void> {
    this.let();
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #connect(url: string, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => {});
    await Promise.all([this.passes('up'), this.passes('down')]);
    if (this.refuses) return void socket.destroy();
    const far = onwardSocket(new URL(url), request);
    const opened = once(far, 'open');
    far.on('error', () => socket.destroy());
    await opened.catch(() => {});
    if (far.readyState !== WebSocket.OPEN) return;
    this.#sockets.handleUpgrade(request, socket, head, (near) => this.#pair(near, far));
  }

  #pair(near: WebSocket, far: WebSocket): void {
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    this.opened += 1;
    for (const [from, to, direction] of [
      [near, far, 'up'],
      [far, near, 'down'],
    ] as const) {
      const lane = new Lane(this, direction, (data, binary) => to.send(data, {binary}));
      from.on('message', (data, binary) => lane.take(data, binary));
      from.on('error', () => {});
      from.on('close', () => {
        this.#pairs.delete(pair);
        lane.then(() => to.terminate());
      });
    }
  }
}
