import assert from 'node:assert/strict';
import {it} from 'node:test';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {receives} from '../../support/page/measure.js';
import {nextEvent, onlinePage, phonePage, placeCall} from '../../support/page/phone-page.js';
import {openSite} from '../../support/page/site.js';

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

// A page of Firefox's keeps its policy, which forbids other servers.
if (!IN_FIREFOX)
  it('a page over https is told that its server has to be reached over TLS', async () => {
    const site = await openSite({tls: true, chromeFlags: ['--ignore-certificate-errors']});
    try {
      const server = 'ws://pbx.example.com:8088/';
      const page = await phonePage(site, {user: '1001', server, withoutCsp: true});
      const {code, message} = await page.evaluate(() =>
        (document.querySelector('sip-client') as any)
          .connect()
          .then(Object, ({code, message}: Error & {code: string}) => ({code, message})),
      );
      assert.equal(code, 'insecure-server');
      assert.match(message, /wss: only: ws:\/\/pbx\.example\.com:8088\//);
    } finally {
      await site.close();
    }
  });
