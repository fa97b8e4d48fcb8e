import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openLossyWay, type LossyWay} from '../support/servers/lossy-way.js';
import {arrived} from '../support/page/measure.js';
import {shown} from '../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';

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
    await alice.evaluate(() => {
      const {call} = window as any;
      const kept: any[] = ((window as any).kept = []);
      call.addEventListener('quality', ({detail}: any) => {
        kept.push({...detail, stalled: call.state.stalled});
        window.dispatchEvent(new Event('measured'));
      });
    });
  });
  after(async () => {
    await site?.close();
    await way?.close();
  });

  /** Waits until the mean of alice's next measurements is within the bounds, of the MOS and the loss; gives both. */
  const fares = (
    mos: readonly [number, number],
    loss: readonly [number, number],
  ): Promise<[number, number]> =>
    alice.evaluate(
      async ([lowest, highest], [least, most]) => {
        const {kept} = window as any;
        kept.length = 0;
        for (;;) {
          await new Promise((resolve) => window.addEventListener('measured', resolve, {once: true}));
          const last = kept.slice(-3);
          const mean = (value: (each: any) => number | undefined): number =>
            last.reduce((sum: number, each: any) => sum + (value(each) ?? NaN), 0) / last.length;
          const [mos, loss] = [mean((each) => each.mos), mean((each) => each.loss)];
          const fits = mos >= lowest && mos <= highest && loss >= least && loss <= most;
          if (last.length === 3 && fits) return [mos, loss] as [number, number];
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

  it('falls when packets are dropped on the way, and rises afterwards', async () => {
    const [good] = await fares([3.9, 4.41], [0, 0.05]);
    assert.ok(way.passed > 0, 'the media go over the way');
    const before = {passed: way.passed, lost: way.lost};
    way.loss = 0.2;
    // What is measured is what was dropped.
    const [worse, loss] = await fares([1, 3.5], [0.1, 1]);
    const dropped = way.lost - before.lost;
    assert.ok(dropped > 0 && worse < good, `${dropped} of ${way.passed - before.passed}: ${loss}`);
    way.loss = 0;
    await fares([3.9, 4.41], [0, 0.05]);
  });

  it('is told to whoever looks, in bars', async () => {
    const bars = (level: string): string => `sip-call >>> sip-quality:state(${level})`;
    await shown(alice, bars('good'));
    way.loss = 0.3;
    await shown(alice, bars('bad'));
    way.loss = 0;
    await shown(alice, bars('good'));
  });

  it('is said to be none where nothing arrives any more, with what it may be, until something does', async () => {
    way.passes = 'no media';
    assert.deepEqual(await stalled(alice, true), {media: 'audio', cause: 'unknown'});
    await shown(alice, 'sip-call >>> [part~=notice]');
    const text = await alice.$eval('sip-call >>> [part~=notice]', (notice) => notice.textContent!);
    assert.match(text, /No sound arrives\. The connection stands/);
    const {audioPackets} = await arrived(alice);
    way.passes = 'all';
    await stalled(alice, false);
    assert.ok((await arrived(alice)).audioPackets > audioPackets);
    while (await alice.$('sip-call >>> [part~=notice]'))
      await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it('tells a way that is lost from a side that is silent', async () => {
    way.passes = 'nothing';
    assert.deepEqual(await stalled(alice, true), {media: 'audio', cause: 'disconnected'});
    way.passes = 'all';
    await stalled(alice, false);
  });
});
