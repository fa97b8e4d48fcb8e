import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {size} from '../../support/size.js';

const HANDOVERS = size(5, 50);

const SHARED = 'profile="standard" shared-worker="/sip-shared-worker.js" ringtone="default"';

/** The calls of a page that have not ended, by their phases. */
const phases = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (document.querySelector('sip-client') as any).client.state.calls.map(({state}: any) => state.phase),
  );

/** Whether the page rings: what its ringer plays. */
const rings = (page: Page): Promise<boolean> =>
  page.evaluate(() => (document.querySelector('sip-client') as any).client.ringer.state.tones.length > 0);

async function until(fact: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await fact())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const answer = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.answer());
const hangup = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hangup());

describe('the tabs of one account with a shared worker', () => {
  let site: Site;
  let caller: Page;
  let tabs: Page[];

  const tab = async (): Promise<Page> => {
    const page = await onlinePage(site, {user: '1002', attributes: SHARED});
    await sendsSignals(page, {tone: 800, halves: [[40, 180, 40], [180, 180, 40]]});
    return page;
  };

  before(async () => {
    site = await openSite();
    caller = await onlinePage(site, {user: '1001', attributes: 'profile="standard"'});
    await sendsSignals(caller, {tone: 440, halves: [[200, 40, 40], [40, 40, 200]]});
    tabs = [await tab(), await tab(), await tab()];
  });
  after(() => site.close());

  it('are one registration', () => {
    const {bindings, connections} = site.server.stats();
    assert.deepEqual({bindings, connections}, {bindings: 2, connections: 2});
  });

  it('ring once, show the call everywhere, and stop when one answers', async () => {
    await placeCall(caller, '1002', 'audio');
    for (const page of tabs) await nextEvent(page, 'sip-call-received');
    await until(async () => (await Promise.all(tabs.map(rings))).filter(Boolean).length === 1);
    await answer(tabs[1]!);
    for (const index of [0, 2]) {
      const {state} = await nextEvent(tabs[index]!, 'sip-call-hangup');
      assert.equal(state.cause.code, 'answered-elsewhere');
    }
    await Promise.all([hearsTones(caller, [800]), hearsTones(tabs[1]!, [440])]);
    await hangup(caller);
    await nextEvent(tabs[1]!, 'sip-call-hangup');
    assert.deepEqual(await Promise.all(tabs.map(phases)), [[], [], []]);
  });
});
