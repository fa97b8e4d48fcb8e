import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, afterEach, before, describe, it} from 'node:test';
import jsqr from 'jsqr';
import {PNG} from 'pngjs';
import type {Page} from 'puppeteer-core';
import {shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

// Its types are those of a module; Node imports what it is: a function in `default`.
const decode = (jsqr as unknown as {default: typeof jsqr.default}).default ?? jsqr;

const built = (file: string): string =>
  readFileSync(new URL(`../../../dist/${file}`, import.meta.url), 'utf8');

/** The policy of a page that allows nothing but files of its own. */
const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ws:";

const HEAD = '<!doctype html><html lang="en"><title>Desk</title><link rel="icon" href="data:,">';

/** What a camera reads on the screen: the text of the QR code in a picture of the element. */
async function scanned(page: Page): Promise<string | undefined> {
  await shown(page, 'sip-desk-link >>> [part=code]');
  const element = (await page.$('sip-desk-link'))!;
  const {data, width, height} = PNG.sync.read(Buffer.from(await element.screenshot()));
  return decode(new Uint8ClampedArray(data), width, height)?.data;
}

describe('<sip-desk-link>', () => {
  let site: Site;
  let pages: Server;
  let address: string;
  /** The tokens that the server has accepted for the file of the desk. */
  const tokens: string[] = [];

  before(async () => {
    site = await openSite();
    const sip = new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws');
    const files: Record<string, string> = {
      '/': `${HEAD}<script type="module" src="sip-elements.js"></script><sip-desk-link label="Desk 7"></sip-desk-link>`,
      '/phone.html': `${HEAD}<script type="module" src="sip-elements.js"></script><script type="module" src="phone.js"></script>
        <sip-client config="/desks/#config" autoconnect><sip-status></sip-status></sip-client>`,
      '/phone.js':
        "document.querySelector('sip-client').options = {credentials: () => ({password: '1234'})};",
      '/desks/7.json': JSON.stringify({server: sip, user: '1007', profile: 'standard'}),
    };
    pages = createServer(({url = '', headers}, response) => {
      const path = url.split('?')[0]!;
      const isScript = path.endsWith('.js');
      const isRefused = path.startsWith('/desks/') && !/^Bearer once\.\d$/.test(headers.authorization ?? '');
      if (path.startsWith('/desks/') && !isRefused) tokens.push(headers.authorization!.slice(7));
      const file = files[path] ?? (isScript ? built(path.slice(1)) : undefined);
      response.writeHead(isRefused ? 401 : file === undefined ? 404 : 200, {
        'Content-Type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
        'Content-Security-Policy': STRICT,
      });
      response.end(isRefused ? '' : file);
    }).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`;
  });
  after(async () => {
    pages.close();
    await site.close();
  });
  afterEach(() => assert.deepEqual(site.complaints.splice(0), []));

  /** Opens the page of an administrator that shows the link of desk 7. */
  async function administer(token: string): Promise<Page> {
    const page = await site.open(address);
    await page.evaluate((token) => {
      const link = document.querySelector('sip-desk-link')!;
      link.href = '/phone.html#config=/desks/7.json';
      link.token = token;
    }, token);
    return page;
  }

  it('is scanned from the screen, and the link registers the phone of another browser', async () => {
    const page = await administer('once.1');
    const link = await scanned(page);
    assert.equal(link, `${address}phone.html#config=/desks/7.json&token=once.1`);
    const context = await site.browser.createBrowserContext();
    const phone = await context.newPage();
    await phone.goto(link);
    await phone.waitForFunction(
      () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
    );
    assert.equal(
      await phone.evaluate(() => document.querySelector('sip-client')!.client!.options.user),
      '1007',
    );
    assert.deepEqual(tokens, ['once.1']);
    assert.equal(site.server.stats()['bindings'], 1);
    await context.close();
    await page.close();
  });

  it('is scanned in dark colors, with forced colors, and in a narrow window with the longest link', async () => {
    const token = 'x'.repeat(1000 - `${address}phone.html#config=/desks/7.json&token=`.length);
    const page = await administer(token);
    const link = `${address}phone.html#config=/desks/7.json&token=${token}`;
    for (const features of [
      {'prefers-color-scheme': 'dark'},
      {'forced-colors': 'active', 'prefers-color-scheme': 'dark'},
    ]) {
      const emulated = Object.entries(features).map(([name, value]) => ({name, value}));
      const inspector = await page.createCDPSession();
      await inspector.send('Emulation.setEmulatedMedia', {features: emulated});
      await page.evaluate(() => {
        document.documentElement.style.colorScheme = 'light dark';
      });
      await page.setViewport({width: 320, height: 800, deviceScaleFactor: 2});
      assert.equal(await scanned(page), link, JSON.stringify(features));
    }
    await page.close();
  });
});
