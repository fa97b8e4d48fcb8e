import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, describe, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {plainPage} from '../../support/page/plain-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** The scripts of the documentation: that of the page in the frame, and that of the page around it. */
async function documentedScripts(): Promise<{phone: string; host: string}> {
  const guide = await readFile(new URL('../../../docs/guide/iframes.md', import.meta.url), 'utf8');
  const [phone = '', host = ''] = [...guide.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  assert.ok(phone.includes('shareWithHost') && host.includes('connectPhone'), 'The guide has both scripts.');
  return {phone, host};
}

/** Runs a script as the module of a page, and resolves once it has run. */
function runModule(page: Page | Frame, code: string): Promise<void> {
  return page.evaluate(async (code) => {
    const text = code
      .replace(/sip-elements\/(?=frame-)/, `${location.origin}/`)
      .replace(/(frame-\w+)/, '$1.js');
    await import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})));
  }, code);
}

describe('a phone in a frame of another origin', () => {
  let site: Site;
  let callee: Page;
  let outer: string;
  let inner: string;
  let scripts: {phone: string; host: string};

  before(async () => {
    site = await openSite();
    callee = await onlinePage(site, {user: '1002'});
    outer = await plainPage();
    inner = outer.replace('127.0.0.1', 'localhost');
    scripts = await documentedScripts();
  });
  after(() => site.close());

  /** Opens the page around the frame. */
  async function openHost(): Promise<{host: Page; frame: Frame}> {
    const host = await site.open(outer);
    await host.evaluate(async (src) => {
      const frame = Object.assign(document.createElement('iframe'), {src, allow: 'microphone; autoplay'});
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      document.body.replaceChildren(
        frame,
        document.createElement('output'),
        document.createElement('button'),
      );
      await loaded;
    }, inner);
    return {host, frame: host.frames().find((each) => each.url() === inner)!};
  }

  /** Puts the phone into the frame, and shares it with pages of an origin. */
  async function sharePhone(frame: Frame, origin: string): Promise<void> {
    await frame.evaluate(
      async (server) => {
        await import('/sip-elements.js' as string);
        document.body.innerHTML = `<sip-phone server="${server}" user="1001" password="1234" autoconnect></sip-phone>`;
      },
      new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws'),
    );
    await runModule(frame, scripts.phone.replace('https://crm.example.com', origin));
  }

  const connectHost = (host: Page): Promise<void> =>
    runModule(
      host,
      `${scripts.host.replace('https://phone.example.com', new URL(inner).origin)}\nwindow.phone = phone;`,
    );

  /** Waits until the host sees such a state. */
  const sees = (host: Page, fact: string): Promise<unknown> =>
    host.waitForFunction(`phone.state.${fact}`, {polling: 20});

  it('is called with by the page around it, as the guide has it', async () => {
    const {host, frame} = await openHost();
    await connectHost(host);
    await sharePhone(frame, new URL(outer).origin);
    await sees(host, 'registration === "registered"');
    await host.click('button');
    const {remote} = await nextEvent(callee, 'sip-call-received');
    assert.equal(remote.number, '1001');
    await callee.evaluate(() => (window as any).call.answer());
    await sees(host, 'calls[0]?.phase === "answered"');
    await host.evaluate('phone.end(phone.state.calls[0].id)');
    await nextEvent(callee, 'sip-call-hangup');
    await sees(host, 'calls.length === 0');
    await host.close();
  });

  it('shows an incoming call to the page around it, which was loaded later, and is answered by it', async () => {
    const {host, frame} = await openHost();
    await sharePhone(frame, new URL(outer).origin);
    await connectHost(host);
    await sees(host, 'registration === "registered"');
    await placeCall(callee, '1001', 'audio');
    await host.waitForFunction(() => document.querySelector('output')!.textContent!.endsWith(' 1002'), {
      polling: 20,
    });
    await host.evaluate('phone.answer(phone.state.calls[0].id)');
    await sees(host, 'calls[0].phase === "answered"');
    await callee.evaluate(() => (window as any).call.hangup());
    await sees(host, 'calls.length === 0');
    assert.equal(
      await host.evaluate('phone.end("gone").catch(({name, code}) => name + " " + code)'),
      'SipError call-not-found',
    );
    await host.close();
  });

  it('tells a page that is not listed nothing, and does nothing for it', async () => {
    const {host, frame} = await openHost();
    await host.evaluate(() => {
      const heard: unknown[] = ((window as any).heard = []);
      addEventListener('message', ({data}) => heard.push(data));
    });
    await sharePhone(frame, 'https://crm.example.com');
    await frame.waitForFunction(
      () => document.querySelector('sip-phone')!.client?.state.registration === 'registered',
    );
    await connectHost(host);
    const arrived = frame.evaluate(
      () =>
        new Promise<void>((resolve) => {
          addEventListener('message', ({data}) => {
            if (data.type === 'call') resolve();
          });
        }),
    );
    // The listener is there before the message.
    await frame.evaluate(() => undefined);
    await host.evaluate(() => {
      const call = {sipElements: 1, type: 'call', request: 1, number: '1002', media: undefined};
      document.querySelector('iframe')!.contentWindow!.postMessage(call, '*');
    });
    await arrived;
    assert.equal(await frame.evaluate(() => document.querySelector('sip-phone')!.client!.calls.length), 0);
    assert.deepEqual(await host.evaluate('[heard, phone.state.connection]'), [[], 'disconnected']);
    await host.close();
  });

  it('reports no error on any page', () => {
    assert.deepEqual(site.complaints, []);
  });
});
