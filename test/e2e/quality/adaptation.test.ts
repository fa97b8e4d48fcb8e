import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openLossyWay, type LossyWay} from '../../support/servers/lossy-way.js';
import {until} from '../../support/in-page/facts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('the picture of a call over a way that loses packets', () => {
  let site: Site;
  let way: LossyWay;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    way = await openLossyWay(new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws'));
    const inside = '<sip-call></sip-call>';
    alice = await onlinePage(site, {user: '1001', inside, server: way.url, withoutCsp: true});
    bob = await onlinePage(site, {user: '1002', inside});
    await placeCall(alice, '1002', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
    // The browser itself keeps the size of a picture with details, whatever the network does.
    await alice.evaluate(() =>
      (window as any).call.setQuality({video: {adapt: true, contentHint: 'detail'}}),
    );
  });
  after(async () => {
    await site?.close();
    await way?.close();
  });

  /** The width of the frames that bob decodes. */
  const width = (): Promise<number> =>
    bob.evaluate(() => (window as any).call.quality?.received.video?.width ?? 0);

  it('gets smaller in frames that the far end decodes, and as large as before when the loss is over', async () => {
    await until(async () => (await width()) > 0);
    const full = await width();
    way.loss = 0.3;
    await until(async () => (await width()) > 0 && (await width()) <= full / 1.4);
    way.loss = 0;
    await until(async () => (await width()) === full);
    assert.equal(await alice.evaluate(() => (window as any).call.state.phase), 'answered');
  });
});
