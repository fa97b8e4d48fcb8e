import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {nextEvent, onlinePage, placeCall} from '../support/phone-page.js';
import {ScriptedClient} from '../support/scripted-client.js';
import {openSite, type Site} from '../support/site.js';

describe('a page and a client that nobody can change', () => {
  for (const inviteOrder of ['reply-first', 'invite-first'] as const) {
    describe(`on a server that sends the ${inviteOrder.replace('-', ' ')}`, () => {
      let site: Site;
      before(async () => (site = await openSite({inviteOrder})));
      after(() => site.close());

      it('connects the page’s call to it, with sound and picture both ways', async () => {
        const page = await onlinePage(site, {user: '1001'});
        const client = await ScriptedClient.start(site.server.url, '1002');
        try {
          const sid = await placeCall(page, '1002', 'video');
          const call = await client.incoming.next();
          assert.equal(call.ids, `${sid}.12`);
          await call.answer();
          await nextEvent(page, 'sip-call-answered');
          await call.media!.hears(({kind}) => kind === 'audio');
          await call.media!.hears(({kind}) => kind === 'video');
          await page.evaluate(() => (window as any).call.hangup());
          assert.equal(await call.ended, 'bye');
          await nextEvent(page, 'sip-call-hangup');
          assert.deepEqual(client.broken, []);
        } finally {
          await client.close();
          await page.close();
        }
      });

      it('connects its call to the page', async () => {
        const page = await onlinePage(site, {user: '1003'});
        const client = await ScriptedClient.start(site.server.url, '1004', 2);
        try {
          const {cid, call} = await client.call('1003');
          const received = await nextEvent(page, 'sip-call-received');
          assert.deepEqual([received.id, received.remote.number], [cid, '1004']);
          await page.evaluate(() => (window as any).call.answer());
          await nextEvent(page, 'sip-call-answered');
          await call.media!.hears(({kind}) => kind === 'audio');
          await call.hangup();
          const {cause} = await nextEvent(page, 'sip-call-hangup');
          assert.equal(cause.code, 'normal');
          assert.deepEqual(client.broken, []);
        } finally {
          await client.close();
          await page.close();
        }
      });
    });
  }
});
