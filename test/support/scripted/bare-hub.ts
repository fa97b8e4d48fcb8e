import {Access} from '../../../server/access.js';
import {ApiServer} from '../../../server/api/api-server.js';
import {Attempts} from '../../../server/attempts.js';
import {listen, stop} from '../../../server/listen.js';
import {silent} from '../../../server/log.js';
import {SipHub} from '../../../server/sip/index.js';
import {SocketServer} from '../../../server/sockets.js';
import {Tokens} from '../../../server/sip/tokens.js';
import {Users} from '../../../server/users.js';

/** The server's signalling without its calls and pages, for tests that place calls themselves. */
export interface BareHub {
  readonly hub: SipHub;
  readonly api: ApiServer;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on a free port of loopback. */
export async function openHub(options: {pingInterval?: number} = {}): Promise<BareHub> {
  const users = new Users();
  const attempts = new Attempts();
  const tokens = new Tokens();
  const hub = new SipHub({users, attempts, tokens, log: silent, grace: 5, returnTimeout: 30_000});
  const api = new ApiServer({hub, users, attempts, tokens, log: silent, loginTimeout: 60_000});
  const sockets = new SocketServer({
    hub,
    api,
    access: new Access([]),
    pingInterval: options.pingInterval ?? 30_000,
    strangers: 200,
    loginTimeout: 60_000,
  });
  const listening = await listen({
    port: 0,
    host: '127.0.0.1',
    certificate: undefined,
    silence: 60_000,
    listener: (_, response) => response.writeHead(404).end(),
  });
  listening.servers.forEach((server) => sockets.serve(server));
  return {
    hub,
    api,
    url: `http://127.0.0.1:${listening.port}/`,
    async close() {
      await sockets.close();
      await stop(listening);
    },
  };
}
