import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {freePort} from '../../support/interop/program.js';
import {onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const ROOT = join(import.meta.dirname, '../../..');

/** How long the server is away, in milliseconds: doubled without end, the waits of a client would be longer by now. */
const OUTAGE = 12_000;

/** The longest wait of 4 s, and what a busy machine takes to connect and register. */
const MOST = 6_000;

/** Starts a server in a process of its own; resolves once it listens. */
async function start(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: {...process.env, PORT: String(port)},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      if (part.toString().includes('Pages')) resolve();
    });
  });
  return child;
}

describe('a server that is killed and started again', () => {
  let site: Site;
  let server: ChildProcess;
  let port: number;

  before(async () => {
    port = await freePort('tcp');
    [site, server] = await Promise.all([openSite(), start(port)]);
  });
  after(async () => {
    server?.kill('SIGKILL');
    await site?.close();
  });

  it('has its clients registered again within seconds', async () => {
    const address = `ws://localhost:${port}/fswebrtc`;
    const page = await onlinePage(site, {user: '1001', server: address, withoutCsp: true});
    server.kill('SIGKILL');
    await once(server, 'exit');
    const registration = (state: string): Promise<unknown> =>
      page.waitForFunction(
        (state) => (document.querySelector('sip-client') as any).state.registration === state,
        {},
        state,
      );
    await registration('unregistered');
    await new Promise((resolve) => setTimeout(resolve, OUTAGE));
    server = await start(port);
    const back = performance.now();
    await registration('registered');
    const took = performance.now() - back;
    assert.ok(took < MOST, `${Math.round(took)} ms`);
  });
});
