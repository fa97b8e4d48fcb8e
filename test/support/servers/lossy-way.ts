import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {WebSocket, WebSocketServer} from 'ws';

/** What is let through: everything, what is no media (RFC 7983), or nothing. */
export type Passage = 'all' | 'no media' | 'nothing';

/** A way to a server over which signalling and media go, and which may lose the media. */
export interface LossyWay {
  /** Where a page connects to. */
  readonly url: string;
  /** How much of the media gets lost, each way, 0–1. */
  loss: number;
  passes: Passage;
  /** How many packets of media went through to the page, and how many got lost on their way there. */
  readonly passed: number;
  readonly lost: number;
  close(): Promise<void>;
}

const CANDIDATE = /^(a=candidate:\S+ \d \S+ \d+ )(\S+) (\d+) typ host.*$/gm;

/**
 * Opens a way to the server of the WebSocket. In the descriptions that come from it the candidates are exchanged for
 * ports of this way, so that media go over it as over a NAT: in user space, as whoever runs the tests may do it.
 */
export async function openLossyWay(server: string): Promise<LossyWay> {
  const sockets = new Set<Socket>();
  const ports = new Map<string, Promise<number>>();
  const count = {passed: 0, lost: 0};
  const falls = (packet: Buffer): boolean => {
    if (way.passes === 'nothing') return true;
    const isMedia = packet[0]! >> 6 === 2;
    return isMedia && (way.passes === 'no media' || Math.random() < way.loss);
  };

  const bind = async (): Promise<Socket> => {
    const socket = createSocket('udp4');
    socket.on('error', () => {});
    sockets.add(socket);
    socket.bind(0);
    await once(socket, 'listening');
    return socket;
  };

  /** Opens a port that stands for that of the server's. */
  const pass = async (address: string, port: number): Promise<number> => {
    const near = await bind();
    const far = await bind();
    let page: {address: string; port: number} | undefined;
    near.on('message', (packet, from) => {
      page = from;
      if (!falls(packet)) far.send(packet, port, address);
    });
    far.on('message', (packet) => {
      if (!page) return;
      const isMedia = packet[0]! >> 6 === 2;
      if (falls(packet)) {
        if (isMedia) count.lost += 1;
      } else {
        if (isMedia) count.passed += 1;
        near.send(packet, page.port, page.address);
      }
    });
    return near.address().port;
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
  relay.on('connection', (near, {url, headers}) => {
    const protocol = headers['sec-websocket-protocol'];
    const far = new WebSocket(new URL(url ?? '/', server), protocol?.split(/, */), {
      ...(headers.origin && {origin: new URL(server).origin.replace('ws', 'http')}),
    });
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
    async close() {
      for (const socket of relay.clients) socket.terminate();
      for (const socket of sockets) socket.close();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
  return way;
}
