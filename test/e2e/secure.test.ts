import assert from 'node:assert/strict';
import {it} from 'node:test';
import {receives} from '../support/measure.js';
import {nextEvent, onlinePage, placeCall} from '../support/phone-page.js';
import {openSite} from '../support/site.js';

it('a call over https and wss, with a certificate that was accepted', async () => {
  const site = await openSite({tls: true, chromeFlags: ['--ignore-certificate-errors']});
  try {
    assert.match(site.server.url, /^https:/);
    const [alice, bob] = [await onlinePage(site, {user: '1001'}), await onlinePage(site, {user: '1002'})];
    await placeCall(alice, '1002', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    for (const page of [alice, bob]) {
      assert.match(
        await page.evaluate(() => (document.querySelector('sip-client') as any).client.options.server),
        /^wss:/,
      );
      await nextEvent(page, 'sip-call-answered');
      await receives(page, 'sip-client', {frames: 5, energy: 0.01});
    }
    assert.deepEqual(site.complaints, []);
  } finally {
    await site.close();
  }
});
