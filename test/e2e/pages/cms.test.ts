import assert from 'node:assert/strict';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {within} from '../../../scripts/project.mjs';
import {nextEvent, onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const guide = readFileSync(within('docs/guide/cms.md'), 'utf8');
const allowed = guide.slice(guide.indexOf('## What an administrator allows'));
const frames = readFileSync(within('docs/guide/iframes.md'), 'utf8');
const scripts = [...frames.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code!);

/** The headers that the guide has for the site with the script, the site with a frame, and the phone in the frame. */
const HEADERS = [...allowed.matchAll(/```http\n([\s\S]*?)```/g)].map(([, lines]) =>
  lines!.trim().split('\n'),
);

const page = (content: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Site</title><body>${content}</body></html>`;

describe('the sites that the guide for a CMS describes', () => {
  let site: Site;
  let server: Server;
  let cms: string;
  let framed: string;
  let pbx: string;
  /** The paths of what was not found. */
  const missing: string[] = [];

  /** What is served, by its path: its type, its text, and which of the headers. */
  const served = (): Record<string, readonly [type: string, text: string, headers?: number]> => ({
    '/article': [
      'html',
      page(
        `<a href="tel:1002">1002</a><script type="module" src="/phone/sip-phone.js?server=${pbx}/fswebrtc&amp;account=/account"></script>`,
      ),
      0,
    ],
    '/favicon.ico': ['plain', ''],
    '/account': ['json', JSON.stringify({user: '1001', password: '1234'})],
    '/phone/sip-phone.js': ['javascript', readFileSync(within('demo/sites/any-cms/sip-phone.js'), 'utf8')],
    '/crm': [
      'html',
      page(
        `<iframe src="${framed}/framed" allow="camera; microphone; autoplay"></iframe><output></output><button></button><script type="module" src="/crm.js"></script>`,
      ),
      1,
    ],
    '/crm.js': [
      'javascript',
      scripts[1]!
        .replace('sip-elements/frame-host', '/frame-host.js')
        .replace('https://phone.example.com', framed),
    ],
    '/framed': [
      'html',
      page(
        `<sip-phone server="${pbx}/fswebrtc" user="1001" password="1234" autoconnect></sip-phone><script type="module" src="/phone/loader/sip-elements-loader.js"></script><script type="module" src="/framed.js"></script>`,
      ),
      2,
    ],
    '/framed.js': [
      'javascript',
      scripts[0]!
        .replace('sip-elements/frame-phone', '/frame-phone.js')
        .replace('https://crm.example.com', cms),
    ],
  });

  before(async () => {
    site = await openSite();
    pbx = new URL(site.server.url).origin.replace(/^http/, 'ws');
    server = createServer(({url = '/'}, response) => {
      const {pathname} = new URL(url, cms);
      const file = within(`dist/${pathname.replace('/phone/', '')}`);
      const [type, text, headers] =
        served()[pathname] ??
        (existsSync(file) ? (['javascript', readFileSync(file, 'utf8')] as const) : ([] as const));
      for (const line of headers === undefined ? [] : HEADERS[headers]!) {
        const [name = '', value = ''] = line.split(/: (.*)/);
        const here = value
          .replaceAll('wss://pbx.example.com', pbx)
          .replaceAll('https://phone.example.com', framed)
          .replaceAll('https://crm.example.com', cms);
        response.setHeader(name, here);
      }
      if (text === undefined) missing.push(pathname);
      response.writeHead(text === undefined ? 404 : 200, {'Content-Type': `text/${type ?? 'plain'}`});
      response.end(text);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = server.address() as AddressInfo;
    cms = `http://127.0.0.1:${port}`;
    framed = `http://localhost:${port}`;
  });
  after(async () => {
    await site.close();
    server.close();
  });

  it('have a policy for each page', () => assert.equal(HEADERS.length, 3));

  it('call from a link, by the script for any CMS', async () => {
    const callee = await onlinePage(site, {user: '1002'});
    const article = await site.open(`${cms}/article`);
    await article.waitForFunction(
      () => document.querySelector('sip-phone')?.client?.state.registration === 'registered',
    );
    assert.equal(await article.$('sip-phone[password]'), null);
    await article.evaluate(async () => {
      const link = document.querySelector('a')!;
      // Until the phone takes the click, the browser is asked for another program.
      while (link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})))
        await new Promise((resolve) => setTimeout(resolve, 20));
    });
    const {remote} = await nextEvent(callee, 'sip-call-received');
    assert.equal(remote.number, '1001');
    await article.waitForSelector('a[data-sip-state=ringing]');
    await Promise.all([article.close(), callee.close()]);
    assert.deepEqual([site.complaints, missing], [[], []]);
  });

  it('call with a phone in a frame, which has its microphone', async () => {
    const callee = await onlinePage(site, {user: '1002'});
    const host = await site.open(`${cms}/crm`);
    const frame = await host.waitForFrame(`${framed}/framed`);
    await frame.waitForFunction(
      () => document.querySelector('sip-phone')?.client?.state.registration === 'registered',
    );
    await host.click('button');
    await nextEvent(callee, 'sip-call-received');
    await callee.evaluate(() => (window as any).call.answer());
    await frame.waitForFunction(
      () => document.querySelector('sip-phone')!.client!.calls[0]?.state.phase === 'answered',
    );
    const sent = await frame.evaluate(() => {
      const [call] = document.querySelector('sip-phone')!.client!.calls;
      return [call!.state.warning ?? '', call!.localStream?.getAudioTracks().length];
    });
    assert.deepEqual(sent, ['', 1]);
    await Promise.all([host.close(), callee.close()]);
    assert.deepEqual([site.complaints, missing], [[], []]);
  });
});
