import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {simulateHid} from '../../support/in-page/button-devices.js';
import {JABRA} from '../../support/headsets/models.js';
import {press, shown} from '../../support/page/parts.js';
import {fallsSilent} from '../../support/page/measure.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

const TONES = {alice: 440, bob: 1000, carol: 1500};
const INSIDE = '<sip-devices></sip-devices><sip-call></sip-call><sip-incoming></sip-incoming>';
const {id, ...REPORTS} = JABRA.reports;

describe('headsets and the development server', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  /** Opens a page with a headset that is plugged in; it is the page's `headset`. */
  async function openPage(user: string, tone: number, granted = false): Promise<Page> {
    const page = await phonePage(site, {
      user,
      inside: INSIDE,
      prepare: async (page) => {
        const {vendorId, productId, name, collections} = JABRA;
        const facts = JSON.stringify([vendorId, productId, name, collections]);
        await page.evaluateOnNewDocument(
          `hid = (${simulateHid.toString()})(); headset = hid.device(...${facts}); hid.choice = headset;` +
            `headset.confirms = {output: ${String(JABRA.confirms.output)}, on: '0100', off: '0000', reportId: 2};` +
            (granted ? 'hid.granted.push(headset);' : ''),
        );
      },
    });
    await sendsSignals(page, {tone, halves: BLACK});
    await page.evaluate(() => (document.documentElement.lang = 'en'));
    return page;
  }

  /** Presses a button of the page's headset. */
  const send = (page: Page, ...names: (keyof typeof REPORTS)[]): Promise<void> =>
    page.evaluate(
      (reports, id) => {
        for (const report of reports) (window as any).headset.send(report, id);
      },
      names.map((name) => REPORTS[name]),
      id,
    );
  /** Waits until these are the lights of the page's headset. */
  async function lights(page: Page, report: string): Promise<void> {
    let last = '';
    const since = Date.now();
    do {
      last = await page.evaluate(() => (window as any).headset.got.at(-1) ?? '');
      if (last === report) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } while (Date.now() - since < 15_000);
    assert.equal(last, report);
  }
  const files = (page: Page): Promise<string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({name}) => name)
        .filter((name) => /headset/.test(name)),
    );
  const state = (page: Page): Promise<any> => page.evaluate(() => (window as any).call.state);
  async function reaches(page: Page, fact: (state: any) => boolean): Promise<void> {
    while (!fact(await state(page))) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  before(async () => {
    site = await openSite();
    alice = await phonePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
    await sendsSignals(alice, {tone: TONES.alice, halves: BLACK});
    await goOnline(alice);
    bob = await openPage('1002', TONES.bob);
    await goOnline(bob);
  });
  after(() => site.close());

  it('loads nothing before the user connects a headset by one press', async () => {
    assert.deepEqual(await files(bob), []);
    await bob.bringToFront();
    await press(bob, 'sip-devices >>> [part=headsets]');
    await shown(bob, 'sip-devices >>> sip-headsets-panel >>> [part=headset-list]');
    assert.deepEqual(
      (await files(bob)).map((file) => new URL(file).pathname),
      ['/sip-elements-headsets.js'],
    );
    assert.deepEqual(await files(alice), []);
  });

  it('answers, mutes, holds and hangs up a call by the headset, in step with the page', async () => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await lights(bob, '2:2400');
    await send(bob, 'offHook');
    await nextEvent(alice, 'sip-call-answered');
    await lights(bob, '2:0100');
    await hearsTones(alice, [TONES.bob]);
    await send(bob, 'mute', 'offHook');
    await lights(bob, '2:1300');
    await fallsSilent(alice, 'sip-client');
    await shown(bob, 'sip-call >>> sip-mute-button >>> .control.on');
    await press(bob, 'sip-call >>> sip-mute-button >>> button');
    await lights(bob, '2:0100');
    await hearsTones(alice, [TONES.bob]);
    await send(bob, 'flash', 'offHook');
    await reaches(alice, ({remoteHeld}) => remoteHeld);
    await lights(bob, '2:0900');
    await send(bob, 'flash', 'offHook');
    await reaches(alice, ({remoteHeld}) => !remoteHeld);
    await lights(bob, '2:0100');
    await hearsTones(alice, [TONES.bob]);
    await send(bob, 'onHook');
    const {cause} = await nextEvent(alice, 'sip-call-hangup');
    assert.equal(cause.by, 'remote');
    await lights(bob, '2:0000');
  });

  it('declines a call by the headset, and follows a call that the page makes and ends', async () => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await lights(bob, '2:2400');
    await send(bob, 'decline', 'onHook');
    assert.equal((await nextEvent(alice, 'sip-call-hangup')).cause.code, 'declined');
    await lights(bob, '2:0000');
    await placeCall(bob, '1001', 'audio');
    await lights(bob, '2:0100');
    await nextEvent(alice, 'sip-call-received');
    await alice.evaluate(() => (window as any).call.answer());
    await nextEvent(alice, 'sip-call-answered');
    await reaches(bob, ({phase}) => phase === 'answered');
    await bob.evaluate(() => (window as any).call.hangup());
    await lights(bob, '2:0000');
    await nextEvent(alice, 'sip-call-hangup');
  });

  it('goes on with the call while the headset is unplugged, and mutes by it when it is back', async () => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await lights(bob, '2:2400');
    await send(bob, 'offHook');
    await nextEvent(alice, 'sip-call-answered');
    await bob.evaluate(() => (window as any).hid.unplug((window as any).headset));
    await hearsTones(alice, [TONES.bob]);
    assert.equal((await state(bob)).phase, 'answered');
    await bob.evaluate(() => {
      (window as any).headset.got = [];
      (window as any).hid.plugIn((window as any).headset);
    });
    await lights(bob, '2:0100');
    await send(bob, 'mute', 'offHook');
    await lights(bob, '2:1300');
    await fallsSilent(alice, 'sip-client');
  });

  it('leaves the headset to the call in the other tab, and rings here when that is over', async () => {
    const carol = await openPage('1003', TONES.carol, true);
    await goOnline(carol);
    // It is remembered: registering has opened it.
    while (!(await carol.evaluate(() => (window as any).headset.opened)))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const dave = await phonePage(site, {user: '1004', inside: '<sip-call></sip-call>'});
    await goOnline(dave);
    await placeCall(dave, '1003', 'audio');
    await nextEvent(carol, 'sip-call-received');
    await carol.bringToFront();
    await shown(carol, 'sip-devices >>> sip-headsets-panel >>> [role=status]');
    await send(carol, 'offHook', 'onHook');
    assert.equal((await state(carol)).phase, 'ringing');
    assert.equal((await state(bob)).phase, 'answered');
    await send(bob, 'onHook');
    await nextEvent(alice, 'sip-call-hangup');
    await lights(carol, '2:2400');
    await send(carol, 'offHook');
    await nextEvent(dave, 'sip-call-answered');
    await lights(carol, '2:0100');
    await hearsTones(dave, [TONES.carol]);
    // What follows a press at once is its end.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await send(carol, 'onHook');
    await nextEvent(dave, 'sip-call-hangup');
    assert.deepEqual(
      site.complaints.filter((complaint) => /headset/i.test(complaint)),
      [],
    );
  });
});
