import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, describe, it} from 'node:test';
import {nextEvent, onlinePage} from '../../support/page/phone-page.js';
import {plainPage} from '../../support/page/plain-page.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('links of a page with a phone', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('call, and show the state of the call; a page without them loads nothing for them', async () => {
    const callee = await onlinePage(site, {user: '1002'});
    const page = await site.open('/fswebrtc');
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.evaluate(async () => {
      await import('/sip-elements.js' as string);
      document.body.innerHTML = `<sip-phone server="/fswebrtc" user="1001" password="1234" corner autoconnect></sip-phone>
        <a href="tel:1002">1002</a>`;
    });
    await page.waitForFunction(
      () => document.querySelector('sip-phone')!.client?.state.registration === 'registered',
    );
    assert.ok(!loaded.includes('/sip-elements-links.js'));
    const taken = page.waitForResponse((response) => response.url().endsWith('/sip-elements-links.js'));
    await page.evaluate(() => (document.querySelector('sip-phone')!.links = true));
    await taken;
    await page.evaluate(async () => {
      const link = document.querySelector('a')!;
      // Until the phone takes the click, the browser is asked for another program.
      while (link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})))
        await new Promise((resolve) => setTimeout(resolve, 20));
    });
    const {remote} = await nextEvent(callee, 'sip-call-received');
    assert.equal(remote.number, '1001');
    await page.waitForSelector('a[data-sip-state=ringing]');
    await callee.evaluate(() => (window as any).call.answer());
    await page.waitForSelector('a[data-sip-state=connected]');
    await callee.evaluate(() => (window as any).call.hangup());
    await page.waitForSelector('a:not([data-sip-state])');
    assert.deepEqual(site.complaints, []);
    await page.close();
  });

  it('of other pages and programs are filled in by an open phone, and otherwise show a link to its page', async () => {
    const page = await site.open('/fswebrtc');
    await page.evaluate(async () => {
      await import('/sip-elements.js' as string);
      document.body.innerHTML = `<sip-phone server="/fswebrtc" user="1003" password="1234" links autoconnect></sip-phone>`;
    });
    const taken = page.waitForResponse((response) => response.url().endsWith('/sip-elements-links.js'));
    await page.waitForFunction(() => document.querySelector('sip-phone')!.client);
    await taken;
    const handler = '/protocol-handler.html?to=tel%3A%2B86-138-0013-8000';
    // The file has arrived; until it has run, nobody takes the number.
    for (let told = ''; !told.startsWith('The number is in your phone');) {
      const opened = await site.open(handler);
      await opened.waitForFunction(() => document.body.textContent!.trim());
      told = await opened.evaluate(() => document.body.textContent!);
      await opened.close();
    }
    const numberOf = (): Promise<string> =>
      page.evaluate(
        () => document.querySelector('sip-phone')!.shadowRoot!.querySelector('sip-dialer')!.number,
      );
    while ((await numberOf()) !== '+8613800138000') await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await page.evaluate(() => document.querySelector('sip-phone')!.client!.calls.length), 0);
    await page.close();

    const alone = await site.open(`${handler}&phone=https://elsewhere.example/`);
    await alone.waitForFunction(() => document.body.textContent!.trim());
    assert.match(await alone.evaluate(() => document.body.textContent!), /^Open your phone/);
    await alone.goto(new URL(`${handler}&phone=/fswebrtc`, site.server.url).href);
    await alone.waitForFunction(() => document.querySelector('a')?.textContent === 'Open the phone');
    assert.equal(new URL(alone.url()).pathname, '/protocol-handler.html', 'It goes nowhere by itself.');
    await alone.click('a');
    await alone.waitForFunction(() => location.pathname === '/fswebrtc');
    assert.equal(
      await alone.evaluate(() => new URLSearchParams(location.search).get('to')),
      'tel:+86-138-0013-8000',
    );
    await alone.close();
  });

  it('of other pages fill in the number, as the documentation has it', async () => {
    const guide = await readFile(new URL('../../../docs/calls.md', import.meta.url), 'utf8');
    const code = /```js\n([^`]*registerProtocolHandler[\s\S]*?)```/.exec(guide)?.[1];
    assert.ok(code, 'The guide has a script for registerProtocolHandler.');
    const page = await site.open(`${await plainPage()}?to=tel%3A%2B86-138-0013-8000`);
    const number = await page.evaluate(async (code) => {
      document.body.innerHTML = '<sip-phone></sip-phone><button></button>';
      const text = code.replace("'sip-elements'", `'${location.origin}/sip-elements.js'`);
      const script = `const button = document.querySelector('button');\n${text}`;
      await import(URL.createObjectURL(new Blob([script], {type: 'text/javascript'})));
      return document.querySelector('sip-phone')!.number;
    }, code);
    assert.equal(number, '+8613800138000');
  });
});
