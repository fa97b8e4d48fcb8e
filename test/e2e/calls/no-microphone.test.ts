import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {DEVICES_MISSING, DEVICES_REFUSED, IN_FIREFOX} from '../../support/page/browser.js';
import {receives} from '../../support/page/measure.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {plainPage} from '../../support/page/plain-page.js';
import {keepSent, takeSent} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

/** Lets the browser report that another program uses the device. */
function takeDevices(): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
}

/** Notes among what the page sends when it learns that there is no device. */
async function noteFailures(page: Page): Promise<void> {
  await keepSent(page);
  await page.evaluate(() => {
    const {mediaDevices} = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) =>
      open(constraints).catch((error: unknown) => {
        (window as any).sent.push('no device');
        throw error;
      });
  });
}

/** The state of the page's call. */
const look = (page: Page): Promise<{warning: string; audio: string}> =>
  page.evaluate(() => {
    const {warning, media} = (window as any).call.state;
    return {warning, audio: media.audio};
  });

/** A phone in an `<iframe>` of another origin than the page around it. */
async function framedPhone(site: Site, outer: Page, allow: string): Promise<Frame> {
  const url = new URL(outer.url());
  url.hostname = 'localhost';
  await outer.evaluate(
    async (allow, url) => {
      const frame = Object.assign(document.createElement('iframe'), {allow, src: url});
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      document.body.replaceChildren(frame);
      await loaded;
    },
    allow,
    url.href,
  );
  const frame = outer.frames().find((each) => each.url() === url.href)!;
  await putPhone(site, frame);
  return frame;
}

/** Puts a phone into a page that has none, and keeps what it sends. */
async function putPhone(site: Site, page: Page | Frame): Promise<void> {
  await keepSent(page);
  await page.evaluate(
    async (server) => {
      await import('/sip-elements.js' as string);
      document.body.innerHTML = `<sip-client server="${server}" user="1001" password="1234"><sip-dialer></sip-dialer></sip-client>`;
    },
    new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws'),
  );
}

describe('a phone without a microphone', () => {
  for (const [what, warning, browser, profile, prepare] of [
    ['that is refused', 'microphone-refused', DEVICES_REFUSED, 'dispatch', undefined],
    ['that is missing', 'microphone-missing', DEVICES_MISSING, 'standard', undefined],
    ['that is busy', 'microphone-busy', {}, 'dispatch', takeDevices],
  ] as const)
    it(`${what} hears the other side all the same, whoever calls, and is told why it is silent: profile ${profile}`, async () => {
      const attributes = `profile="${profile}"`;
      // At each of the machine's addresses: Firefox, where it gives no device, calls from none of the loopback.
      const site = await openSite({...browser, host: '0.0.0.0'});
      const other = await openSite();
      // The other side has a browser of its own, with a microphone, on the same server.
      const away: Site = {
        ...other,
        open: (path, before) => other.open(new URL(path, site.server.url).href, before),
      };
      try {
        const [alice, bob] = [
          await onlinePage(site, {user: '1001', attributes}),
          await onlinePage(away, {user: '1002', attributes}),
        ] as const;
        if (prepare) await alice.evaluate(prepare);
        await noteFailures(alice);
        for (const [from, to, number] of [
          [alice, bob, '1002'],
          [bob, alice, '1001'],
        ] as const) {
          await placeCall(from, number, 'audio');
          // Known before anybody is asked for a call.
          const [first] = (await takeSent(alice)).filter((line) => !/^(REGISTER|OPTIONS|SIP)/.test(line));
          if (from === alice) assert.equal(first, 'no device');
          await nextEvent(to, 'sip-call-received');
          await to.evaluate(() => (window as any).call.answer());
          await nextEvent(from, 'sip-call-answered');
          await receives(alice, 'sip-client', {frames: 0, energy: 0.01});
          assert.deepEqual(await look(alice), {warning, audio: 'recvonly'});
          assert.equal((await look(bob)).warning, undefined);
          await bob.evaluate(() => (window as any).call.hangup());
          await nextEvent(alice, 'sip-call-hangup');
          for (const page of [alice, bob]) {
            await released(page);
          }
          await alice.evaluate(() => (window as any).events.splice(0));
          await bob.evaluate(() => (window as any).events.splice(0));
        }
        assert.deepEqual([...site.complaints, ...other.complaints], []);
      } finally {
        await Promise.all([site.close(), other.close()]);
      }
    });

  it('whose <iframe> gives it none is told so, and rings nobody; without the camera alone it calls', async () => {
    const site = await openSite();
    try {
      const bob = await onlinePage(site, {user: '1002'});
      const outer = await site.open(await plainPage());
      for (const [allow, code] of [
        ['', 'microphone-forbidden'],
        ['camera', 'microphone-forbidden'],
        ['microphone', 'camera-forbidden'],
      ] as const) {
        const frame = await framedPhone(site, outer, allow);
        await frame.evaluate(async () => (document.querySelector('sip-client') as any).connect());
        await frame.evaluate(async () => (document.querySelector('sip-client') as any).register());
        const told = await frame.evaluate(() =>
          (document.querySelector('sip-client') as any).call('1002', {media: 'video'}).then(
            async (call: any) => {
              while (!call.state.warning)
                await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
              return call.state.warning as string;
            },
            ({code, message}: any) => `${code}: ${message}`,
          ),
        );
        const sent: string[] = await frame.evaluate(() => (window as any).sent);
        assert.match(told, new RegExp(`^${code}`), allow);
        if (code === 'camera-forbidden') {
          await nextEvent(bob, 'sip-call-received');
          continue;
        }
        assert.match(told, /allow="camera; microphone; display-capture; autoplay"/);
        assert.deepEqual(
          sent.filter((line) => !/^(REGISTER|OPTIONS|SIP)/.test(line)),
          [],
        );
        assert.equal(await bob.evaluate(() => (window as any).events.length), 0);
        // A frame that is not in front draws nothing that could be waited for.
        const notice = await frame.evaluate(async () => {
          const dialer = document.querySelector('sip-dialer')!;
          dialer.number = '1002';
          await dialer.updateComplete;
          dialer.shadowRoot!.querySelector<HTMLElement>('[part=call]')!.click();
          for (;;) {
            const notice = dialer.shadowRoot!.querySelector('[part~=notice]');
            if (notice) return notice.textContent;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        });
        assert.match(notice, /This page is not allowed to use the microphone\./);
        assert.doesNotMatch(notice, /allow=/);
      }
    } finally {
      await site.close();
    }
  });

  // Firefox has no such header.
  if (!IN_FIREFOX)
    it('whose site’s Permissions-Policy gives it none is told so, and rings nobody', async () => {
      const site = await openSite();
      try {
        const bob = await onlinePage(site, {user: '1002'});
        const policy = encodeURIComponent('microphone=(), display-capture=()');
        const page = await site.open(`${await plainPage()}?policy=${policy}`);
        await putPhone(site, page);
        const told = await page.evaluate(async () => {
          const client = document.querySelector('sip-client') as any;
          await client.connect();
          await client.register();
          const calls = [{media: 'video'}, {screen: true}].map(async (options) =>
            client.call('1002', options).then(
              () => 'called',
              ({code, message}: any) => `${code}: ${message}`,
            ),
          );
          return Promise.all(calls);
        });
        assert.match(told[0]!, /^microphone-forbidden: .*Permissions-Policy/);
        assert.match(told[1]!, /^screen-forbidden: .*Permissions-Policy/);
        assert.deepEqual(
          (await takeSent(page)).filter((line) => !/^(REGISTER|OPTIONS|SIP)/.test(line)),
          [],
        );
        assert.equal(await bob.evaluate(() => (window as any).events.length), 0);
      } finally {
        await site.close();
      }
    });
});
