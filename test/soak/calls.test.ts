import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {nextEvent, onlinePage, placeCall} from '../support/phone-page.js';
import {openSite} from '../support/site.js';
import {open} from '../support/witness.js';

const CALLS = 100;

describe('two pages that call each other again and again', () => {
  it(`leave nothing behind after ${CALLS} calls`, async (test) => {
    const site = await openSite();
    try {
      const [alice, bob] = [await onlinePage(site, {user: '1001'}), await onlinePage(site, {user: '1002'})];
      const pages = [alice, bob];
      const idle = await Promise.all(pages.map(open));
      const idleServer = site.server.stats();
      const inspector = await alice.createCDPSession();
      const heap = async (): Promise<number> => {
        await inspector.send('HeapProfiler.collectGarbage');
        return (await alice.metrics()).JSHeapUsedSize!;
      };
      const heapBefore = await heap();
      for (let call = 0; call < CALLS; call += 1) {
        await placeCall(alice, '1002', call % 10 ? 'audio' : 'video');
        await nextEvent(bob, 'sip-call-received');
        await bob.evaluate(() => (window as any).call.answer());
        await Promise.all(pages.map((page) => nextEvent(page, 'sip-call-answered')));
        await (call % 2 ? alice : bob).evaluate(() => (window as any).call.hangup());
        await Promise.all(pages.map((page) => nextEvent(page, 'sip-call-hangup')));
      }
      assert.deepEqual(await Promise.all(pages.map(open)), idle);
      // SIP transactions linger on for half a minute by themselves (RFC 3261 §17.1.1.2).
      const {transactions: _, ...leftAtServer} = site.server.stats();
      assert.deepEqual({...idleServer, ...leftAtServer}, idleServer);
      test.diagnostic(`heap of one page: ${heapBefore} bytes before, ${await heap()} after ${CALLS} calls`);

      await Promise.all(pages.map((page) => page.close()));
      while (Object.values(site.server.stats()).some((count) => count > 0)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      await site.close();
    }
  });
});
