import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {nextEvent, onlinePage, phonePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('a page whose own server signs its user in', () => {
  let site: Site;
  let pages: Server;
  let address: string;
  /** What the page has asked its server for. */
  const asked: string[] = [];

  before(async () => {
    site = await openSite();
    const [, sample] = /^ *```js\n( *\/\/ phone\.js[^]*?)```/m.exec(read('docs/security.md')) ?? [];
    assert.ok(sample, 'docs/security.md has a script to copy.');
    const sip = new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws');
    const json = (body: unknown): [string, string] => ['application/json', JSON.stringify(body)];
    const files: Readonly<Record<string, [type: string, text: string]>> = {
      '/': [
        'text/html; charset=utf-8',
        `<!doctype html><html lang="en"><title>Phone</title>
        <script type="module" src="sip-elements.js"></script>
        <script type="module" src="phone.js"></script>
        <sip-client server="${sip}" autoconnect></sip-client>`,
      ],
      '/sip-elements.js': ['text/javascript', read('dist/sip-elements.js')],
      '/phone.js': ['text/javascript', sample],
      '/sip-credentials': json({user: '1003', password: '1234'}),
      '/turn': json([{urls: `turn:127.0.0.1:${site.server.port}`, username: 'a', credential: 'b'}]),
    };
    pages = createServer(({url = ''}, response) => {
      asked.push(url);
      const [type = 'text/plain', text = ''] = files[url] ?? [];
      response.writeHead(200, {'Content-Type': type}).end(text);
    }).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`;
  });
  after(async () => {
    pages.close();
    await site.close();
  });

  it('registers as that user by the script of docs/security.md, and asks for TURN servers before a call', async () => {
    const callee = await onlinePage(site, {user: '1001'});
    const page = await site.open(address);
    await page.waitForFunction(
      () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
    );
    assert.ok(!asked.includes('/turn'));
    await page.evaluate(async () => (await document.querySelector('sip-client')!.call('1001')).sid);
    const {remote} = await nextEvent(callee, 'sip-call-received');
    assert.equal(remote.number, '1003');
    assert.ok(asked.includes('/turn'));
    assert.deepEqual(site.complaints, []);
  });
});

describe('options that a page sets while its client connects by itself', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  for (const profile of ['dispatch', 'standard'])
    it(`count, and the console has no error of the socket that they replace: ${profile}`, async () => {
      const page = await phonePage(site, {user: '1001'});
      const callee = await onlinePage(site, {user: '1002'});
      const server = new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws');
      // At each stage of the connection: within the task that began it, and later.
      for (let stage = 0; stage < 12; stage++)
        await page.evaluate(
          async (server, profile, stage) => {
            document.body.innerHTML = `<sip-client server="${server}" user="1003" password="1234" profile="${profile}"
              shared-worker="none" autoconnect></sip-client>`;
            const element = document.querySelector('sip-client')!;
            await element.updateComplete;
            for (let turn = 0; turn < stage; turn++)
              await new Promise((resolve) => setTimeout(resolve, turn));
            element.options = {displayName: `Desk ${stage}`};
            const isReady = (): boolean =>
              element.state.registration === 'registered' &&
              element.client!.options.displayName === `Desk ${stage}`;
            while (!isReady()) await new Promise((resolve) => setTimeout(resolve, 5));
          },
          server,
          profile,
          stage,
        );
      assert.deepEqual(site.complaints, []);
      await page.evaluate(async () => (await document.querySelector('sip-client')!.call('1002')).sid);
      const {remote} = await nextEvent(callee, 'sip-call-received');
      assert.equal(remote.number, '1003');
      await Promise.all([page.close(), callee.close()]);
    });
});
