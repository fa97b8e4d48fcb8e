import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse} from 'node:http';
import {
  createServer as createSocketServer,
  connect,
  type AddressInfo,
  type Server as NetServer,
} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {FileStore} from '@tus/file-store';
import {Server} from '@tus/server';

/** A request that reached the server. */
export interface TusRequest {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A tus server, behind a connection that a test can cut. */
export class TusServer {
  readonly requests: TusRequest[] = [];
  /** After how many bytes the connection is cut; no limit by default. */
  most = Infinity;
  /** The server that has the files, if it is another one: this one creates them there. */
  elsewhere: TusServer | undefined;
  /** How many bytes pages have sent, in all. */
  received = 0;

  private constructor(
    private readonly folder: string,
    private readonly server: HttpServer,
    private readonly way: NetServer,
  ) {}

  static async open(): Promise<TusServer> {
    const folder = await mkdtemp(join(tmpdir(), 'sip-tus-'));
    const tus = new Server({path: '/files', datastore: new FileStore({directory: folder})});
    const server = createServer((request, response) => {
      const {method = '', headers} = request;
      if (method !== 'OPTIONS')
        opened.requests.push({
          method,
          authorization: headers.authorization,
          metadata: metadataOf(String(headers['upload-metadata'] ?? '')),
        });
      if (method === 'POST' && opened.elsewhere) void opened.elsewhere.#create(request, response);
      else void tus.handle(request, response);
    });
    const inner = await listen(server);
    const way = createSocketServer((socket) => {
      const onward = connect(inner, '127.0.0.1');
      socket.on('data', (bytes) => {
        opened.received += bytes.length;
        if (opened.received > opened.most) {
          // What has arrived counts: the server gets an end, not a reset.
          onward.end();
          socket.destroy();
        } else onward.write(bytes);
      });
      socket.on('close', () => onward.end());
      socket.on('error', () => onward.destroy());
      onward.on('data', (bytes) => socket.write(bytes));
      onward.on('close', () => socket.destroy());
      onward.on('error', () => socket.destroy());
    });
    const opened = new TusServer(folder, server, way);
    await listen(way);
    return opened;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.way.address() as AddressInfo).port}/files`;
  }

  count(method: string): number {
    return this.requests.filter((request) => request.method === method).length;
  }

  /** What the server has of the upload that was created as the `index`-th one. */
  async file(id: string): Promise<Buffer> {
    return readFile(join(this.folder, id));
  }

  /** The folder of the files. */
  get place(): string {
    return this.folder;
  }

  /** Creates an upload that a page has asked another server for. */
  async #create({headers}: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = ['tus-resumable', 'upload-length', 'upload-metadata'].map((name) => [
      name,
      String(headers[name]),
    ]);
    const {status, headers: answered} = await fetch(this.endpoint, {
      method: 'POST',
      headers: asked as [string, string][],
    });
    response
      .writeHead(status, {
        Location: answered.get('location')!,
        'Tus-Resumable': '1.0.0',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'Location, Tus-Resumable',
      })
      .end();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    this.way.close();
    await rm(this.folder, {recursive: true, force: true});
  }
}

async function listen(server: HttpServer | NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function metadataOf(header: string): Record<string, string> {
  return Object.fromEntries(
    header
      .split(',')
      .filter(Boolean)
      .map((pair) => {
        const [key = '', value = ''] = pair.split(' ');
        return [key, Buffer.from(value, 'base64').toString()];
      }),
  );
}
