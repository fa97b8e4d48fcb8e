import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {WebSocketServer} from 'ws';
import {onwardSocket} from './onward-socket.js';

/** What passes: everything, everything but media (RFC 7983), the same until an ICE restart, or nothing. */
export type Passage = 'all' | 'no media' | 'no media until restart' | 'nothing';

/** A proxy to a server for signalling and media that can lose the media. */
export interface LossyWay {
  /** The address for pages. */
  readonly url: string;
  /** The share of media that is lost each way, 0–1. */
  loss: number;
  passes: Passage;
  /** How many media packets reached the page, and how many were lost on the way. */
  readonly passed: number;
  readonly lost: number;
  /** Sends from other ports to the server from now on, and loses what it sends to the earlier ones. */
  move(): void;
  close(): Promise<void>;
}

const CANDIDATE = /^(a=candidate:\S+ \d \S+ \d+ )(\S+) (\d+) typ host.*$/gm;

const isMedia = (packet: Buffer): boolean => packet[0]! >> 6 === 2;

/** The user name of an ICE check (RFC 8445 §7.2.2): an ICE restart has another one. */
function fragmentOf(packet: Buffer): string | undefined {
  const isCheck = packet.length > 20 && packet.readUInt16BE(0) === 1;
  for (let at = 20; isCheck && at + 4 <= packet.length;) {
    const length = packet.readUInt16BE(at + 2);
    if (packet.readUInt16BE(at) === 6) return packet.toString('utf8', at + 4, at + 4 + length);
    at += 4 + 4 * Math.ceil(length / 4);
  }
  return undefined;
}

/**
 * Opens a way to the server of the WebSocket. It replaces the candidates in the server's descriptions by its own ports, so
 * that media pass it as they would pass a NAT. It runs in user space and needs no privileges.
 */
export async function openLossyWay(server: string): Promise<LossyWay> {
  const sockets = new Set<Socket>();
  const ports = new Map<string, Promise<number>>();
  /** The sockets towards the server, by the port of this way and the sender's address. */
  const fars = new Map<string, Socket>();
  const count = {passed: 0, lost: 0};
  const fragments = new Set<string>();
  const falls = (packet: Buffer): boolean => {
    const fragment = fragmentOf(packet);
    if (fragment !== undefined) {
      const isRestart = !fragments.has(fragment) && way.passes === 'no media until restart';
      fragments.add(fragment);
      if (isRestart) way.passes = 'all';
    }
    if (way.passes === 'nothing') return true;
    return isMedia(packet) && (way.passes.startsWith('no media') || Math.random() < way.loss);
  };

  const open = (): Socket => {
    const socket = createSocket('udp4');
    socket.on('error', () => {});
    sockets.add(socket);
    return socket;
  };

  /** Opens a port for pages that leads to a port of the server; the server sees another port for each sender. */
  const pass = async (address: string, port: number): Promise<number> => {
    const near = open();
    near.bind(0);
    await once(near, 'listening');
    const own = near.address().port;
    near.on('message', (packet, from) => {
      const key = `${own} ${from.address} ${from.port}`;
      let far = fars.get(key);
      if (!far) {
        fars.set(key, (far = open()));
        far.on('message', (back) => {
          const lost = falls(back);
          if (isMedia(back)) count[lost ? 'lost' : 'passed'] += 1;
          if (!lost) near.send(back, from.port, from.address);
        });
      }
      if (!falls(packet)) far.send(packet, port, address);
    });
    return own;
  };

  /** Exchanges the candidates of a message. */
  const rewrite = async (message: string): Promise<string> => {
    const [head = '', body = ''] = message.split('\r\n\r\n');
    if (!body.includes('a=candidate')) return message;
    let changed = body;
    for (const [line, start, address, port] of body.matchAll(CANDIDATE)) {
      const key = `${address} ${port}`;
      const own = ports.get(key) ?? pass(address!, Number(port));
      ports.set(key, own);
      changed = changed.replace(line, `${start}127.0.0.1 ${await own} typ host`);
    }
    const length = Buffer.byteLength(changed);
    return `${head.replace(/^Content-Length: *\d+/im, `Content-Length: ${length}`)}\r\n\r\n${changed}`;
  };

  const relay = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: ([first]) => first ?? false,
  });
  relay.on('connection', (near, request) => {
    const far = onwardSocket(new URL(request.url ?? '/', server), request);
    const opened = once(far, 'open').catch(() => near.terminate());
    let [up, down]: Promise<void>[] = [Promise.resolve(), Promise.resolve()];
    near.on('message', (data, binary) => {
      up = (up ?? opened).then(() => opened).then(() => far.send(data as Buffer, {binary}));
    });
    far.on('message', (data, binary) => {
      down = (down ?? opened).then(async () =>
        near.send(binary ? (data as Buffer) : await rewrite((data as Buffer).toString())),
      );
    });
    near.on('close', () => far.terminate());
    far.on('close', () => near.terminate());
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  await once(relay, 'listening');

  const way: LossyWay = {
    url: `ws://127.0.0.1:${(relay.address() as AddressInfo).port}${new URL(server).pathname}`,
    loss: 0,
    passes: 'all',
    get passed() {
      return count.passed;
    },
    get lost() {
      return count.lost;
    },
    move() {
      for (const socket of fars.values()) {
        sockets.delete(socket);
        socket.close();
      }
      fars.clear();
    },
    async close() {
      for (const socket of relay.clients) socket.terminate();
      for (const socket of sockets) socket.close();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
  return way;
}
