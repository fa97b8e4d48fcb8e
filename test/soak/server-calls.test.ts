import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {startServer} from '../../server/server.js';
import {ScriptedClient} from '../support/scripted/scripted-client.js';
import {size} from '../support/size.js';

const CALLS = size(40, 100);

/** What keeps this process busy, by kind: sockets and timers among them. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('the development server', () => {
  it(`leaves nothing of ${CALLS} calls: no leg, no dialog, no socket, no timer`, async () => {
    const server = await startServer({port: 0});
    const [alice, bob] = await Promise.all([
      ScriptedClient.start(server.url, '1001'),
      ScriptedClient.start(server.url, '1002'),
    ]);
    /** Runs one call, to its event 10 at both ends. */
    const call = async (media: number, answered: boolean): Promise<void> => {
      const ends = [alice, bob].map(({wire}) => wire.filter((entry) => entry === 'event 10').length + 1);
      const {call: asker} = await alice.call('1002', media);
      const callee = await bob.incoming.next();
      if (answered) {
        await callee.answer();
        await callee.media?.hears(({name}) => name === '1001');
      }
      await asker.hangup();
      await Promise.all([alice.sees('event 10', ends[0]), bob.sees('event 10', ends[1])]);
      await settled(() => server.stats()['sessions'] === 0);
    };
    await call(2, true);
    const {transactions: _, ...before} = server.stats();
    const sockets = resources()['UDPWrap'] ?? 0;
    for (let index = 0; index < CALLS; index += 1) {
      await call(index % 2 === 0 ? 1 : 2, index % 10 !== 9);
    }
    const {transactions, ...after} = server.stats();
    assert.deepEqual(after, before);
    assert.equal(resources()['UDPWrap'] ?? 0, sockets);
    // The stack keeps a transaction for repetitions that a WebSocket never brings, 32 s long (RFC 3261 §17).
    assert.ok(transactions);
    await settled(() => server.stats()['transactions'] === 0);
    assert.deepEqual([alice.broken, bob.broken, alice.sessions.size, bob.sessions.size], [[], [], 0, 0]);
    await Promise.all([alice.close(), bob.close()]);
    await server.close();
    for (const [name, count] of Object.entries(server.stats())) assert.equal(count, 0, name);
    // What is left of interrupted handshakes ends in seconds; then this process has nothing to do.
    await settled(() => resources()['Timeout'] === undefined);
  });
});

/** Resolves when something is true; what never gets true is the runner's timeout. */
async function settled(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 20));
}
