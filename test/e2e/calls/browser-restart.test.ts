import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {KeptBrowser} from '../../support/page/kept-browser.js';
import {hears} from '../../support/page/measure.js';
import {fillPage, goOnline, nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

// Firefox cannot be told over WebDriver to restore its tabs.
if (!IN_FIREFOX)
  for (const profile of ['standard', 'dispatch'] as const)
    describe(`a call whose browser is started again, profile ${profile}`, () => {
      let site: Site;
      let kept: KeptBrowser;
      let bob: Page;

      const attributes = `profile="${profile}" history-storage="none" ringtone="none"`;
      const ALICE = {user: '1001', attributes: `resume ${attributes}`};

      before(async () => {
        site = await openSite();
        kept = await KeptBrowser.open(site);
        bob = await onlinePage(site, {user: '1002', attributes});
      });
      after(async () => {
        await kept?.close();
        await site?.close();
      });

      it('goes on, after its user has quit it, and after it was killed', async () => {
        let alice = await onlinePage(kept.site, ALICE);
        const id = await placeCall(alice, '1002', 'audio');
        const {id: other} = await nextEvent(bob, 'sip-call-received');
        await bob.evaluate(() => (window as any).call.answer());
        await nextEvent(alice, 'sip-call-answered');
        await hears(bob, 'sip-client');
        for (const end of ['quit', 'kill'] as const) {
          await kept[end]();
          alice = await kept.restore();
          await fillPage(alice, ALICE);
          await goOnline(alice);
          assert.equal((await nextEvent(alice, 'sip-call-resumed')).id, id);
          await Promise.all([alice, bob].map((page) => hears(page, 'sip-client')));
          const calls = await bob.evaluate(() =>
            (document.querySelector('sip-client') as any).calls.map((call: {id: string}) => call.id),
          );
          assert.deepEqual(calls, [other]);
        }
        await alice.evaluate(() => (window as any).call.hangup());
        await nextEvent(bob, 'sip-call-hangup');
      });
    });
