import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/** A TCP connection to a server that a test cuts. */
export interface Line {
  /** The address of the server's WebSocket over the line. */
  readonly server: string;
  /** Cuts it: what is connected is reset, and nothing connects. */
  cut(): void;
  /** Restores it. */
  mend(): void;
  close(): void;
}

/** Opens a line to the development server at a URL. */
export async function openLine(url: string): Promise<Line> {
  const port = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let whole = true;
  const listener = createServer((client) => {
    if (!whole) return client.resetAndDestroy();
    const server = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    server: `ws://localhost:${(listener.address() as AddressInfo).port}/fswebrtc`,
    cut,
    mend: () => (whole = true),
    close: () => {
      cut();
      listener.close();
    },
  };
}
