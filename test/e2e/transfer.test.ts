import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../support/audit.js';
import {receives} from '../support/measure.js';
import {fill, press, shown} from '../support/parts.js';
import {nextEvent, onlinePage, placeCall} from '../support/phone-page.js';
import {openSite, type Site} from '../support/site.js';

const DESK = '<main><h1>Desk</h1><sip-transfer-button></sip-transfer-button><sip-call></sip-call></main>';
const heard = {frames: 0, energy: 0.01};
const part = (name: string): string => `sip-transfer-button >>> [part=${name}]`;
const answer = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.answer());

/** Waits until the page has as many calls. */
const calls = (page: Page, count: number): Promise<string[]> =>
  page.evaluate(async (count) => {
    const {client} = document.querySelector('sip-client') as any;
    while (client.state.calls.length !== count)
      await new Promise((resolve) => client.addEventListener('statechange', resolve, {once: true}));
    return client.state.calls.map(({remote}: any) => remote.number);
  }, count);

for (const profile of ['dispatch', 'standard'])
  describe(`transfer, profile ${profile}`, () => {
    let site: Site;
    let alice: Page;
    let bob: Page;
    let carol: Page;

    before(async () => {
      site = await openSite();
      const attributes = `profile="${profile}" history="none"`;
      [alice, bob, carol] = [
        await onlinePage(site, {user: '1001', attributes, inside: DESK}),
        await onlinePage(site, {user: '1002', attributes}),
        await onlinePage(site, {user: '1003', attributes}),
      ];
    });
    after(() => site.close());

    afterEach(async () => {
      for (const page of [alice, bob, carol])
        await page.evaluate(async () => {
          const {client} = document.querySelector('sip-client') as any;
          await Promise.all(client.state.calls.map((call: any) => call.hangup()));
        });
      for (const page of [alice, bob, carol]) {
        await calls(page, 0);
        await page.evaluate(() => (window as any).events.splice(0));
      }
    });

    async function talk(to: Page, number: string): Promise<void> {
      await placeCall(alice, number, 'audio');
      await nextEvent(to, 'sip-call-received');
      await answer(to);
      await nextEvent(alice, 'sip-call-answered');
      await receives(to, 'sip-client', heard);
    }

    it('lets Bob and Carol hear each other, and Alice is out of it', async () => {
      await talk(bob, '1002');
      await press(alice, part('button'));
      assert.deepEqual(await audit(alice), []);
      await fill(alice, part('number'), '1003');
      await press(alice, part('transfer'));
      const {remote} = await nextEvent(carol, 'sip-call-received');
      assert.equal(remote.number, '1002');
      await answer(carol);
      await calls(alice, 0);
      await Promise.all([bob, carol].map((page) => receives(page, 'sip-client', heard)));
      if (profile === 'dispatch') assert.deepEqual(await calls(bob, 1), ['1003']);
    });

    it('connects Bob and Carol, to both of whom Alice talks', async () => {
      await talk(bob, '1002');
      await talk(carol, '1003');
      await press(alice, part('button'));
      await press(alice, part('target'));
      await calls(alice, 0);
      await Promise.all([bob, carol].map((page) => receives(page, 'sip-client', heard)));
      for (const page of [bob, carol]) await calls(page, 1);
    });

    it('lets Alice and Bob go on where Carol declines', async () => {
      await talk(bob, '1002');
      await press(alice, part('button'));
      await fill(alice, part('number'), '1003');
      await press(alice, part('transfer'));
      await nextEvent(carol, 'sip-call-received');
      await carol.evaluate(() => (window as any).call.decline());
      await shown(alice, part('notice'));
      await Promise.all([alice, bob].map((page) => receives(page, 'sip-client', heard)));
      await press(alice, part('close'));
    });

    it('makes the pages complain of nothing', () => {
      assert.deepEqual(site.complaints, []);
    });
  });
