import {WebSocketServer} from 'ws';

const PATH = /^\/socket-relay\/([\w-]+)\/(server|client)$/;

/**
 * Lets a test in the browser play the server of real WebSockets: what clients send to `…/{id}/client` reaches the
 * test's socket at `…/{id}/server` as JSON, and the other way round. Where no test listens, the socket does not open.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function socketRelay() {
  const sockets = new WebSocketServer({noServer: true});
  const tests = new Map();
  return {
    name: 'socket-relay',
    serverStart({server}) {
      server?.on('upgrade', (request, socket, head) => {
        const [, id, end] = PATH.exec(request.url ?? '') ?? [];
        if (!id) return;
        if (end === 'client' && !tests.has(id)) return void socket.destroy();
        sockets.handleUpgrade(request, socket, head, (opened) =>
          end === 'server' ? serve(tests, id, opened) : tests.get(id).take(opened),
        );
      });
    },
    serverStop() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

/** Ties a test's socket to those of its clients, which are numbered from 0. */
function serve(tests, id, test) {
  const clients = [];
  const tell = (event) => test.send(JSON.stringify(event));
  tests.set(id, {
    take(client) {
      const number = clients.push(client) - 1;
      client.on('message', (data, binary) =>
        tell({type: 'message', client: number, text: data.toString(), binary}),
      );
      client.on('close', () => tell({type: 'close', client: number}));
      tell({type: 'open', client: number});
    },
  });
  test.on('message', (data) => {
    const {type, client, text, binary} = JSON.parse(data.toString());
    if (type === 'message') clients[client].send(binary ? Buffer.from(text) : text);
    else clients[client].terminate();
  });
  test.on('close', () => {
    tests.delete(id);
    for (const client of clients) client.terminate();
  });
}
