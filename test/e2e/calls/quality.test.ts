import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openLossyWay, type LossyWay} from '../../support/servers/lossy-way.js';
import {arrived, receives} from '../../support/page/measure.js';
import {shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('the quality of a call over a way that loses packets', () => {
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
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
  });
  after(async () => {
    await site?.close();
    await way?.close();
  });

  /** Waits until one of alice's next measurements is within the bounds of MOS and loss; returns it. */
  const fares = (
    mos: readonly [number, number],
    loss: readonly [number, number],
  ): Promise<{mos: number; loss: number}> =>
    alice.evaluate(
      async ([lowest, highest], [least, most]) => {
        for (;;) {
          const {mos, loss} = await new Promise<any>((resolve) =>
            (window as any).call.addEventListener('quality', ({detail}: any) => resolve(detail), {
              once: true,
            }),
          );
          if (mos >= lowest && mos <= highest && loss >= least && loss <= most) return {mos, loss};
        }
      },
      mos,
      loss,
    );
  const stalled = (page: Page, stalls: boolean): Promise<any> =>
    page.evaluate(async (stalls) => {
      const {call} = window as any;
      while (!call.state.stalled === stalls)
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
      return call.state.stalled;
    }, stalls);

  it('falls when packets are dropped on the way, and rises afterwards, also in bars', async () => {
    const bars = (level: string): string => `sip-call >>> sip-quality:state(${level})`;
    const good = await fares([1, 4.41], [0, 0.05]);
    await shown(alice, bars('good'));
    assert.ok(way.passed > 0, 'the media go over the way');
    const before = {passed: way.passed, lost: way.lost};
    way.loss = 0.3;
    // The measured loss is the loss that was caused.
    const worse = await fares([1, 4.41], [0.15, 1]);
    const dropped = way.lost - before.lost;
    assert.ok(
      dropped > 0 && worse.mos < good.mos,
      `${dropped} of ${way.passed - before.passed}: ${worse.loss}`,
    );
    await shown(alice, bars('bad'));
    way.loss = 0;
    await fares([1, 4.41], [0, 0.05]);
    await shown(alice, bars('good'));
  });

  it('is none where the way is lost: the call says so and why, until something arrives again', async () => {
    way.passes = 'nothing';
    assert.deepEqual(await stalled(alice, true), {media: 'audio', cause: 'disconnected'});
    await shown(alice, 'sip-call >>> [part~=notice]');
    const text = await alice.$eval('sip-call >>> [part~=notice]', (notice) => notice.textContent!);
    assert.match(text, /No audio received/);
    const {audioPackets} = await arrived(alice);
    way.passes = 'all';
    await stalled(alice, false);
    assert.ok((await arrived(alice)).audioPackets > audioPackets);
    while (await alice.$('sip-call >>> [part~=notice]'))
      await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('comes back by another way if nothing arrives by one that ICE calls connected', async () => {
    way.passes = 'no media until restart';
    const {cause} = await stalled(alice, true);
    assert.notEqual(cause, 'disconnected');
    const {audioPackets} = await arrived(alice);
    await stalled(alice, false);
    assert.equal(way.passes, 'all');
    const heard = (await arrived(alice)).audioPackets;
    assert.ok(heard > audioPackets, `${heard} packets after ${audioPackets}`);
    assert.equal(await alice.evaluate(() => (window as any).call.state.phase), 'answered');
    for (const page of [alice, bob]) await receives(page, 'sip-client', {frames: 0, energy: 0.01});
  });
});
