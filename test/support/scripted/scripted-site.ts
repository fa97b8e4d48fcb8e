import assert from 'node:assert/strict';
import {startServer, type DispatchServer, type ServerOptions} from '../../../server/server.js';
import {ScriptedClient} from './scripted-client.js';

/** A development server with scripted clients, for one test. */
export interface ScriptedSite {
  readonly server: DispatchServer;
  client(user: string, carrier?: 1 | 2, instance?: string): Promise<ScriptedClient>;
}

/** Runs a test on a server of its own; afterwards no session may be left, and no client may have failed. */
export async function onSite(
  run: (site: ScriptedSite) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  const server = await startServer({port: 0, ...options});
  const clients: ScriptedClient[] = [];
  try {
    await run({
      server,
      async client(user, carrier, instance) {
        const client = await ScriptedClient.start(server.url, user, carrier, instance);
        clients.push(client);
        return client;
      },
    });
    assert.deepEqual(
      clients.flatMap(({broken}) => broken),
      [],
    );
  } finally {
    await server.close();
    await Promise.all(clients.map((client) => client.close()));
  }
  const {sessions, legs, invites} = server.stats();
  assert.deepEqual({sessions, legs, invites}, {sessions: 0, legs: 0, invites: 0});
}
