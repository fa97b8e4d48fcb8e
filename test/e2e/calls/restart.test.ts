import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {freePort, type Program} from '../../support/interop/program.js';
import {onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {startDevelopmentServer} from '../../support/servers/development-server.js';

/** How long the server is away, in milliseconds: doubled without end, the waits of a client would be longer by now. */
const OUTAGE = 12_000;

/** The longest wait of 4 s, and what a busy machine takes to connect and register. */
const MOST = 9_000;

describe('a server that is killed and started again', () => {
  let site: Site;
  let server: Program;
  let port: number;

  before(async () => {
    port = await freePort('tcp');
    site = await openSite();
    server = await startDevelopmentServer(port);
  });
  after(async () => {
    await server?.stop();
    await site?.close();
  });

  it('has its clients registered again within seconds', async () => {
    const address = `ws://localhost:${port}/fswebrtc`;
    const page = await onlinePage(site, {user: '1001', server: address, withoutCsp: true});
    await server.kill();
    const registration = (state: string): Promise<unknown> =>
      page.waitForFunction(
        (state) => (document.querySelector('sip-client') as any).state.registration === state,
        {},
        state,
      );
    await registration('unregistered');
    await new Promise((resolve) => setTimeout(resolve, OUTAGE));
    server = await startDevelopmentServer(port);
    const back = performance.now();
    await registration('registered');
    const took = performance.now() - back;
    assert.ok(took < MOST, `${Math.round(took)} ms`);
  });
});
