import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type RequestListener, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openSite, type Site} from '../../support/page/site.js';
import {until} from '../../support/in-page/facts.js';

const FOLDER = new URL('../../../dist/loader/', import.meta.url);
const LOADER = 'sip-elements-loader.js';

const listen = async (listener: RequestListener): Promise<[Server, string]> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
};

describe('the loader of single elements, from another origin', () => {
  const {integrity} = JSON.parse(readFileSync(new URL('integrity.json', FOLDER), 'utf8')) as {
    integrity: Record<string, string>;
  };
  let site: Site;
  let servers: Server[];
  let files: string;
  let pages: string;
  let requested: string[];
  /** The beginning of the names of files that were changed on their way. */
  let spoiled: string | undefined;

  before(async () => {
    site = await openSite();
    const [fileServer, filesAt] = await listen(({url = ''}, response) => {
      const name = url.slice(1);
      requested.push(name);
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Content-Type', 'text/javascript');
      const content = readFileSync(new URL(name, FOLDER));
      response.end(spoiled && name.startsWith(spoiled) ? `${String(content)} ` : content);
    });
    files = filesAt;
    const map = Object.fromEntries(
      Object.entries(integrity).map(([name, hash]) => [new URL(name, `${files}/`).href, hash]),
    );
    const {port} = site.server;
    const [pageServer, pagesAt] = await listen((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>Phone</title>
        <script type="importmap">${JSON.stringify({integrity: map})}</script>
        <script type="module" src="${files}/${LOADER}" crossorigin integrity="${integrity[`./${LOADER}`]}"></script>
        <sip-dialer for="me"></sip-dialer>
        <sip-client id="me" server="ws://127.0.0.1:${port}/fswebrtc" user="1001" password="1234" autoconnect></sip-client>`);
    });
    pages = pagesAt;
    servers = [fileServer, pageServer];
  });
  beforeEach(() => {
    requested = [];
    spoiled = undefined;
  });
  after(async () => {
    for (const server of servers) server.close();
    await site.close();
  });

  const isDefined = (page: Page, tag: string): Promise<boolean> =>
    page.evaluate((tag) => customElements.get(tag) !== undefined, tag);

  it('loads what is on the page and nothing else, and the phone registers', async () => {
    const page = await site.open(pages);
    await page.waitForFunction(
      () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
    );
    await page.waitForSelector('sip-dialer >>> [part=status] .registered');
    assert.equal(await isDefined(page, 'sip-conference'), false);
    const others = requested.filter((name) =>
      /^sip-(calls?|conference|keypad|messages|monitor|phone)-/.test(name),
    );
    assert.deepEqual(others, []);
    await page.evaluate(() => document.body.append(document.createElement('sip-keypad')));
    await page.waitForFunction(() => document.querySelector('sip-keypad')!.shadowRoot);
  });

  it('defines the elements in a shadow root that the page names', async () => {
    const page = await site.open(pages);
    await page.evaluate(async (loader) => {
      const root = document.body.appendChild(document.createElement('div')).attachShadow({mode: 'open'});
      root.innerHTML = '<sip-upload for="me"></sip-upload>';
      const {watch} = await import(loader);
      watch(root);
      await customElements.whenDefined('sip-upload');
      root.append(document.createElement('sip-devices'));
      await customElements.whenDefined('sip-devices');
    }, `${files}/${LOADER}`);
  });

  it('leaves out a file that was changed, says so, and loads it when it is right again', async () => {
    const told = site.complaints.length;
    spoiled = 'sip-dialer';
    const page = await site.open(pages);
    await until(() =>
      site.complaints.slice(told).some((text) => text.includes('<sip-dialer> could not be loaded')),
    );
    assert.equal(await isDefined(page, 'sip-dialer'), false);
    await page.waitForFunction(() => customElements.get('sip-client'));
    site.complaints.length = told;
  });
});
