import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {fallsSilent, receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

const DESK =
  '<main><h1>Desk</h1><sip-call></sip-call><sip-calls></sip-calls><sip-history></sip-history></main>';

/** Selects a part of the line, or of the entry, with the name. */
const line = (number: number, part: string): string =>
  `sip-calls >>> :nth-child(${number} of [part~=line]) [part~=${part}]`;
const entry = (number: number, part: string): string =>
  `sip-history >>> [part~=entry]:nth-child(${number}) [part~=${part}]`;

/** Waits until the other side holds the page's call, or not. */
const isHeld = (page: Page, remoteHeld: boolean): Promise<void> =>
  page.evaluate(async (remoteHeld) => {
    const {call} = window as any;
    while (call.state.remoteHeld !== remoteHeld)
      await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
  }, remoteHeld);

/** The results of the page's calls, newest first, once there are this many. */
const history = (page: Page, count: number): Promise<string[]> =>
  page.evaluate(async (count) => {
    const {history} = document.querySelector('sip-client') as any;
    while (history.entries.length < count)
      await new Promise((resolve) => history.addEventListener('statechange', resolve, {once: true}));
    return history.entries.map(({outcome, number}: any) => `${outcome} ${number}`);
  }, count);

/** Calls a number that accepts no call; returns the error's code, or the cause of the call's end. */
async function refused(page: Page, number: string): Promise<string> {
  const code = await page.evaluate(
    (number) =>
      (document.querySelector('sip-client') as any).call(number, {media: 'audio'}).then(
        () => '',
        (error: any) => error.code,
      ),
    number,
  );
  return code || (await nextEvent(page, 'sip-call-hangup')).cause.code;
}

const heard = {frames: 0, energy: 0.01};

for (const profile of ['dispatch', 'standard'])
  describe(`several calls of one phone, profile ${profile}`, () => {
    let site: Site;
    let desk: Page;
    let bob: Page;
    let carol: Page;

    const phone = (
      user: string,
      {inside = '', attributes = 'history-storage="memory"'} = {},
    ): Promise<Page> => onlinePage(site, {user, inside, attributes: `profile="${profile}" ${attributes}`});

    /** What the desk shows is the same with either profile. */
    const looksRight = async (): Promise<void> => {
      if (profile === 'dispatch') assert.deepEqual(await audit(desk), []);
    };

    before(async () => {
      site = await openSite();
      [desk, bob, carol] = [
        await phone('1001', {inside: DESK, attributes: ''}),
        await phone('1002'),
        await phone('1003'),
      ];
      await placeCall(desk, '1002', 'audio');
      await nextEvent(bob, 'sip-call-received');
      await bob.evaluate(() => (window as any).call.answer());
      await nextEvent(desk, 'sip-call-answered');
      await receives(bob, 'sip-client', heard);
    });
    after(() => site.close());

    it('lets the first one hear nothing when the second one is answered', async () => {
      await placeCall(carol, '1001', 'audio');
      await nextEvent(desk, 'sip-call-received');
      await shown(desk, line(2, 'answer'));
      await looksRight();
      await press(desk, line(2, 'answer'));
      await nextEvent(carol, 'sip-call-answered');
      await isHeld(bob, true);
      await receives(carol, 'sip-client', heard);
      await fallsSilent(bob, 'sip-client');
      await looksRight();
    });

    it('switches back at a press on the line', async () => {
      await press(desk, line(1, 'switch'));
      await isHeld(carol, true);
      await isHeld(bob, false);
      await receives(bob, 'sip-client', heard);
      await fallsSilent(carol, 'sip-client');
      assert.equal(await desk.$eval('sip-call', (stage) => (stage as any).call.remote.number), '1002');
    });

    it('ends one of them, and the other goes on', async () => {
      await press(desk, line(2, 'hangup'));
      await nextEvent(carol, 'sip-call-hangup');
      await receives(bob, 'sip-client', heard);
      await receives(desk, 'sip-client', heard);
      assert.deepEqual(await history(desk, 1), ['taken 1003']);
    });

    it('answers another one and ends the one that speaks', async () => {
      await placeCall(carol, '1001', 'audio');
      await press(desk, line(2, 'answer-hangup'));
      await nextEvent(bob, 'sip-call-hangup');
      await nextEvent(carol, 'sip-call-answered');
      await receives(carol, 'sip-client', heard);
      await press(desk, line(1, 'hangup'));
      await nextEvent(carol, 'sip-call-hangup');
      // By the time they began.
      assert.deepEqual(await history(desk, 3), ['taken 1003', 'taken 1003', 'made 1002']);
      await released(desk);
    });

    it('tells the caller that it is busy over the limit', async () => {
      const full = await phone('1004', {attributes: 'max-calls="1" history-storage="memory"'});
      await placeCall(bob, '1004', 'audio');
      await nextEvent(full, 'sip-call-received');
      assert.equal(await refused(carol, '1004'), 'busy');
      assert.deepEqual(await history(full, 1), ['missed 1003']);
      assert.equal(await refused(full, '1003'), 'too-many-calls');
      await bob.evaluate(() => (window as any).call.hangup());
      await nextEvent(bob, 'sip-call-hangup');
      assert.deepEqual(await history(full, 2), ['missed 1003', 'missed 1002']);
      await full.close();
    });

    it('rings for nobody while nobody wants to be disturbed, notes it, and calls all the same', async () => {
      await press(desk, 'sip-calls >>> [part~=do-not-disturb]');
      const code = profile === 'dispatch' ? 'declined' : 'number-offline';
      assert.equal(await refused(carol, '1001'), code);
      assert.deepEqual((await history(desk, 4))[0], 'missed 1003');
      await shown(desk, 'sip-history >>> .new');
      await looksRight();
      await press(desk, entry(1, 'call'));
      await nextEvent(carol, 'sip-call-received');
      await carol.evaluate(() => (window as any).call.answer());
      await nextEvent(carol, 'sip-call-answered');
      await receives(carol, 'sip-client', heard);
      await press(desk, line(1, 'hangup'));
      await nextEvent(carol, 'sip-call-hangup');
      assert.deepEqual((await history(desk, 5))[0], 'made 1003');
      await press(desk, 'sip-calls >>> [part~=do-not-disturb]');
    });

    it('notes what its user declines', async () => {
      await placeCall(carol, '1001', 'audio');
      await press(desk, line(1, 'decline'));
      assert.equal((await nextEvent(carol, 'sip-call-hangup')).cause.code, 'declined');
      assert.deepEqual((await history(desk, 6))[0], 'refused 1003');
    });

    it('does not call missed what was answered on another device', async () => {
      const second = await phone('1002');
      await bob.evaluate(() => (document.querySelector('sip-client') as any).history.clear());
      await placeCall(carol, '1002', 'audio');
      for (const page of [bob, second]) await nextEvent(page, 'sip-call-received');
      await second.evaluate(() => (window as any).call.answer());
      await nextEvent(carol, 'sip-call-answered');
      assert.deepEqual(await history(bob, 1), ['elsewhere 1003']);
      await carol.evaluate(() => (window as any).call.hangup());
      assert.deepEqual(await history(second, 1), ['taken 1003']);
      await second.close();
    });

    it('has its history again after a reload, and none where it was cleared', async () => {
      const kept = await history(desk, 6);
      await desk.reload();
      const again = await phone('1001', {inside: DESK, attributes: ''});
      assert.deepEqual(await history(again, 6), kept);
      await press(again, 'sip-history >>> [part~=clear]');
      await shown(again, 'sip-history >>> [part~=undo]');
      assert.equal(await again.evaluate(() => Object.keys(localStorage).length), 0);
    });

    it('makes the pages complain of nothing', () => {
      assert.deepEqual(site.complaints, []);
    });
  });
