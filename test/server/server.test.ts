import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {networkInterfaces} from 'node:os';
import {describe, it} from 'node:test';
import {startServer} from '../../server/server.js';
import {apiMessage, post, RawApi} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';

/** The addresses of loopback; a machine without IPv6 has one. */
const LOOPBACK = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter(({address}) => address === '127.0.0.1' || address === '::1')
  .map(({address}) => address);

describe('a server that ends', () => {
  it('leaves nothing open, also where a client does not answer', async () => {
    const server = await startServer({port: 0});
    const [asker, callee] = [
      await RawSip.registered(server.url, '1001'),
      await RawSip.registered(server.url, '1002'),
    ];
    const api = await RawApi.open(server.url);
    const body = {caller: '1001', ctype: 12, members: '1002', isVideo: 1};
    await post(asker, JSON.stringify({header: 'session.createcall', msgid: 'm', body}));
    assert.equal((await apiMessage(asker)).code, 0);
    await asker.received('INVITE');
    const {connections, apiSockets, bindings, sessions} = server.stats();
    assert.deepEqual([connections, apiSockets, bindings, sessions], [2, 1, 2, 1]);

    const ending = server.close();
    assert.deepEqual(await Promise.all([asker.closed, callee.closed, api.closed]), [1001, 1001, 1001]);
    await ending;
    assert.deepEqual(new Set(Object.values(server.stats())), new Set([0]));
    assert.equal(server.close(), server.close());
    await assert.rejects(RawSip.open(server.url, '1001'));
  });

  it('can start again on its port at once', async () => {
    const first = await startServer({port: 0});
    const client = await RawSip.registered(first.url, '1001');
    await first.close();
    await client.closed;
    const second = await startServer({port: first.port});
    await second.close();
  });

  for (const address of LOOPBACK)
    it(`is refused where its port is taken at ${address} alone`, async () => {
      const other = createServer().listen(0, address);
      await once(other, 'listening');
      const {port} = other.address() as AddressInfo;
      await assert.rejects(startServer({port}), {code: 'EADDRINUSE'});
      other.close();
    });

  it('holds up nobody else: a second server on its port is refused', async () => {
    const server = await startServer({port: 0});
    await assert.rejects(startServer({port: server.port}), {code: 'EADDRINUSE'});
    assert.equal((await fetch(`${server.url}fswebrtc`)).status, 200);
    await server.close();
  });
});
