import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/** A proxy to a server that can stall and be cut off. */
export interface Narrow {
  readonly port: number;
  /** How many connections there were. */
  readonly connections: number;
  /** How many bytes a connection carries before it stalls. */
  stopsAfter: number;
  /** Whether what the server sends is lost. */
  deaf: boolean;
  /** How many bytes of the server were lost. */
  readonly lost: number;
  /** Lets everything pass again, also what has stalled. */
  open(): void;
  /** Cuts all connections without closing them. */
  cut(): void;
  close(): Promise<void>;
}

/** Opens a proxy to a server on this machine. */
export async function openNarrow(port: number): Promise<Narrow> {
  const sockets = new Set<Socket>();
  const releases = new Set<() => void>();
  let connections = 0;
  let lost = 0;
  const server = createServer((near) => {
    connections += 1;
    const far = connect(port, '127.0.0.1');
    let carried = 0;
    const kept: Buffer[] = [];
    const release = (): void => {
      for (const data of kept.splice(0)) far.write(data);
    };
    releases.add(release);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        releases.delete(release);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (data: Buffer) => {
      carried += data.length;
      if (carried > narrow.stopsAfter) kept.push(data);
      else far.write(data);
    });
    far.on('data', (data: Buffer) => {
      if (narrow.deaf) lost += data.length;
      else near.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const narrow: Narrow = {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    stopsAfter: Infinity,
    deaf: false,
    get lost() {
      return lost;
    },
    open() {
      narrow.stopsAfter = Infinity;
      for (const release of releases) release();
    },
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return narrow;
}
