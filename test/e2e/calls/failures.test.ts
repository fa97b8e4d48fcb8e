import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {startServer} from '../../../server/server.js';
import {CAMERA_MISSING, DEVICES_REFUSED, IN_FIREFOX} from '../../support/page/browser.js';
import {fill, press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, phonePage} from '../../support/page/phone-page.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released} from '../../support/page/witness.js';

const DIALER = 'sip-dialer >>> ';

/** The sentence of the notice that an element shows, waiting for it. */
async function noticed(page: Page, selector: string): Promise<string> {
  const notice = await shown(page, `${selector}[part~=notice]`);
  return notice.evaluate((element) => element.textContent!.replace(/\s+/g, ' ').trim());
}

describe('what goes wrong is shown by the element', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  const inside = '<sip-dialer></sip-dialer><sip-call></sip-call>';

  it('a wrong password', async () => {
    const page = await phonePage(site, {user: '1001', password: 'wrong', attributes: 'autoconnect', inside});
    assert.match(await noticed(page, DIALER), /rejected the user name or password/);
    await page.close();
  });

  it('a server that cannot be reached', async () => {
    const page = await phonePage(site, {user: '1001', inside, withoutCsp: true});
    await page.evaluate(() => {
      const client = document.querySelector('sip-client')!;
      client.setAttribute('server', 'ws://localhost:4/fswebrtc');
      client.setAttribute('autoconnect', '');
    });
    assert.match(await noticed(page, DIALER), /localhost:4\/? ?.*cannot be reached/);
    await page.close();
  });

  // Firefox accepts any certificate for as long as it runs.
  if (!IN_FIREFOX)
    it('a certificate that the browser refuses, with a link to the server’s own page and no window', async () => {
      const secure = await startServer({port: 0, tls: true});
      try {
        const page = await phonePage(site, {user: '1001', inside, withoutCsp: true});
        await page.evaluate(
          (server) => {
            const client = document.querySelector('sip-client')!;
            client.setAttribute('server', server);
            client.setAttribute('autoconnect', '');
          },
          new URL('/fswebrtc', secure.url).href.replace('https', 'wss'),
        );
        assert.match(await noticed(page, DIALER), /certificate/);
        const link = await page.$eval(
          `${DIALER}[part~=notice] a`,
          (element) => (element as HTMLAnchorElement).href,
        );
        assert.equal(link, new URL('/fswebrtc', secure.url).href);
        assert.equal(
          (await site.browser.pages()).filter((other) => other.url().startsWith('https')).length,
          0,
        );
        await page.close();
      } finally {
        await secure.close();
      }
    });

  for (const [what, number, sentence] of [
    ['an unknown number', '4711', /4711 was not found/],
    ['a number that is not there', '1007', /1007 is not reachable/],
    ['something that is no number', 'ab cd', /“ab cd” is not a valid number/],
  ] as const) {
    it(what, async () => {
      const page = await onlinePage(site, {user: '1002', inside});
      await fill(page, `${DIALER}[part~=number]`, number);
      await press(page, `${DIALER}[part~=call]`);
      assert.match(await noticed(page, DIALER), sentence);
      // The press opened the microphone for a call.
      while ((await open(page)).tracks > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await page.close();
    });
  }

  it('a missing registration', async () => {
    const page = await phonePage(site, {user: '1002', inside});
    await page.evaluate(() => (document.querySelector('sip-client') as any).connect());
    await fill(page, `${DIALER}[part~=number]`, '1001');
    await press(page, `${DIALER}[part~=call]`);
    assert.match(await noticed(page, DIALER), /not registered/);
    await page.close();
  });
});

describe('a call that comes to nothing is explained on the stage', () => {
  const caller = '<sip-dialer number="1002"></sip-dialer><sip-call></sip-call>';
  let site: Site;
  /** The same pages on a server that does not wait for long. */
  let impatient: Site;
  before(async () => {
    site = await openSite();
    const server = await startServer({port: 0, noAnswerTimeout: 700});
    const open: Site['open'] = (path, prepare) => site.open(new URL(path, server.url).href, prepare);
    impatient = {...site, server, open};
  });
  after(async () => {
    await impatient.server.close();
    await site.close();
  });

  /** Waits until the stage shows the text, with all devices closed. */
  async function says(page: Page, sentence: RegExp): Promise<void> {
    const text = (): Promise<string> => page.$eval('sip-call', (element) => element.shadowRoot!.textContent!);
    while (!sentence.test(await text())) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await page.evaluate(() => (document.querySelector('sip-client') as any).calls.length), 0);
    await released(page);
  }

  for (const [what, on, answer, sentence] of [
    ['a callee who is busy', () => site, (call: ScriptedCall) => call.decline(486), /is busy/],
    ['a callee who declines', () => site, (call: ScriptedCall) => call.decline(), /declined/],
    ['a callee who does not answer', () => impatient, (call: ScriptedCall) => call.ended, /did not answer/],
  ] as const) {
    it(what, async () => {
      const page = await onlinePage(on(), {user: '1001', inside: caller});
      const callee = await ScriptedClient.start(on().server.url, '1002');
      try {
        await press(page, `${DIALER}[part~=call]`);
        const call = await callee.incoming.next();
        await answer(call);
        await says(page, sentence);
        assert.deepEqual(callee.broken, []);
      } finally {
        await callee.close();
        await page.close();
      }
    });
  }

  it('a caller who gives up', async () => {
    const page = await onlinePage(site, {
      user: '1002',
      inside: '<sip-incoming></sip-incoming><sip-call></sip-call>',
    });
    const other = await ScriptedClient.start(site.server.url, '1001');
    try {
      const {call} = await other.call('1002');
      await shown(page, 'sip-incoming >>> [part~=decline]');
      await call.hangup();
      await says(page, /was canceled/);
      assert.equal(await page.$('sip-incoming >>> [part~=decline]'), null);
    } finally {
      await other.close();
      await page.close();
    }
  });
});

describe('a device that cannot be had', () => {
  for (const [what, part, browser, sentence, left] of [
    ['a refused microphone', 'call', DEVICES_REFUSED, /Microphone access is blocked/, 0],
    ['a missing camera', 'video', CAMERA_MISSING, /No camera/, 1],
  ] as const) {
    it(`${what}: the call goes on without it, and the element says so`, async () => {
      const site = await openSite(browser);
      try {
        const alice = await onlinePage(site, {
          user: '1001',
          inside: '<sip-dialer number="1002"></sip-dialer><sip-call></sip-call>',
        });
        const bob = await onlinePage(site, {user: '1002'});
        await press(alice, `${DIALER}[part~=${part}]`);
        await nextEvent(bob, 'sip-call-received');
        await bob.evaluate(() => (window as any).call.answer());
        await nextEvent(alice, 'sip-call-answered');
        assert.match(await noticed(alice, 'sip-call >>> '), sentence);
        assert.equal((await open(alice)).tracks, left);
      } finally {
        await site.close();
      }
    });
  }
});
