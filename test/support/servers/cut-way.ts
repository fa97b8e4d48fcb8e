import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/** From the client to the server, or back. */
export type Direction = 'up' | 'down';

/** A way to a server that can be cut after any byte. */
export interface CutWay {
  /** The port that leads to the server. */
  readonly port: number;
  /** How many bytes have passed in each direction. */
  readonly passed: Readonly<Record<Direction, number>>;
  /** How often the way was cut. */
  readonly cuts: number;
  /** Cuts the connection that sends in this direction, once, after this many further bytes: those behind are lost. */
  arm(direction: Direction, bytes: number): void;
  /** Cuts every connection, and opens no other until `restore`. */
  block(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Opens a way to the server at the port. */
export async function openCutWay(target: number): Promise<CutWay> {
  const passed = {up: 0, down: 0};
  const open = new Set<Socket>();
  let armed: {readonly direction: Direction; bytes: number} | undefined;
  let cuts = 0;
  let isBlocked = false;

  const server = createServer((client) => {
    if (isBlocked) return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    const end = (): void => {
      for (const socket of [client, upstream]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    const pass = (from: Socket, to: Socket, direction: Direction): void => {
      open.add(from);
      from.on('error', end).on('close', end);
      from.on('data', (data: Buffer) => {
        const isCut = armed?.direction === direction && data.length > armed.bytes;
        const part = isCut ? data.subarray(0, armed!.bytes) : data;
        passed[direction] += part.length;
        if (armed?.direction === direction) armed.bytes -= part.length;
        if (!isCut) return void to.write(part);
        armed = undefined;
        cuts += 1;
        // What came before the cut arrives.
        to.end(part, end);
      });
    };
    pass(client, upstream, 'up');
    pass(upstream, client, 'down');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cutAll = (): void => {
    for (const socket of [...open]) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    get cuts() {
      return cuts;
    },
    arm: (direction, bytes) => (armed = {direction, bytes}),
    block() {
      isBlocked = true;
      cutAll();
    },
    restore: () => (isBlocked = false),
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
