import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {fallsSilent, receives, standsStill} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Waits until the page's call is held and held by the other side as told; gives the directions of its media. */
const becomes = (page: Page, held: boolean, remoteHeld: boolean): Promise<{audio: string; video: string}> =>
  page.evaluate(
    async (held, remoteHeld) => {
      const {call} = window as any;
      while (call.state.held !== held || call.state.remoteHeld !== remoteHeld)
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
      return call.state.media;
    },
    held,
    remoteHeld,
  );

const command = (page: Page, name: 'hold' | 'unhold'): Promise<void> =>
  page.evaluate((name) => (window as any).call[name](), name);

describe('a call on hold', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  const part = (name: string): string => `sip-call >>> [part~=${name}]`;

  before(async () => {
    site = await openSite();
    // The same with either profile: it is SIP alone.
    const page = {inside: '<sip-call></sip-call>', attributes: 'profile="standard"'};
    [alice, bob] = [
      await onlinePage(site, {user: '1001', ...page}),
      await onlinePage(site, {user: '1002', ...page}),
    ];
    await placeCall(alice, '1002', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    for (const page of [alice, bob]) {
      await nextEvent(page, 'sip-call-answered');
      await receives(page, 'sip-client', {frames: 5, energy: 0.01});
    }
  });
  after(() => site.close());

  it('is silent and dark at the far end, which is told, and plays nothing here', async () => {
    await press(alice, part('hold'));
    const {held} = await nextEvent(alice, 'sip-call-hold');
    assert.equal(held, true);
    await becomes(bob, false, true);
    await Promise.all([fallsSilent(bob, 'sip-client'), standsStill(bob, 'sip-client')]);
    assert.deepEqual(
      await alice.evaluate(() => {
        const {shadowRoot} = document.querySelector('sip-call')!;
        return [...shadowRoot!.querySelectorAll('sip-audio, .remote')].map(
          (played) => played.shadowRoot!.querySelector<HTMLMediaElement>('audio, video')!.srcObject,
        );
      }),
      [null, null],
    );
    assert.match(await alice.$eval(part('middle'), (middle) => middle.textContent!), /On hold/);
    assert.match(await bob.$eval(part('middle'), (middle) => middle.textContent!), /You’re on hold/);
  });

  it('is heard and seen again at both ends when it goes on', async () => {
    await press(alice, part('hold'));
    assert.equal((await nextEvent(alice, 'sip-call-hold')).held, false);
    await becomes(bob, false, false);
    for (const page of [alice, bob]) {
      await receives(page, 'sip-client', {frames: 5, energy: 0.01});
      await shown(page, `sip-call >>> .remote.playing`);
    }
  });

  it('ends alike at both ends where both hold and go on at the same moment', async () => {
    await Promise.all([command(alice, 'hold'), command(bob, 'hold')]);
    for (const page of [alice, bob]) await becomes(page, true, true);
    await Promise.all([command(alice, 'unhold'), command(bob, 'unhold')]);
    for (const page of [alice, bob])
      assert.deepEqual(await becomes(page, false, false), {audio: 'sendrecv', video: 'sendrecv'});
    for (const page of [alice, bob]) await receives(page, 'sip-client', {frames: 5, energy: 0.01});
  });

  it('goes on where it is held and taken back at once', async () => {
    await Promise.all([command(alice, 'hold'), command(alice, 'unhold')]);
    for (const page of [alice, bob]) {
      await becomes(page, false, false);
      await receives(page, 'sip-client', {frames: 5, energy: 0.01});
    }
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});
