import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {nextEvent, onlinePage, placeCall} from '../support/phone-page.js';
import {openSite} from '../support/site.js';
import {open} from '../support/witness.js';

const CALLS = 200;
/** Calls after which everything that is loaded once has been loaded. */
const WARM = 20;

/** The elements of a phone, which show every call. */
const PHONE = '<sip-dialer></sip-dialer><sip-incoming></sip-incoming><sip-call></sip-call>';

/** What the browser itself counts in a page, garbage apart. */
interface Weight {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function weigh(page: Page): Promise<Weight> {
  const inspector = await page.createCDPSession();
  // What is let go in one round may hold on to what is found in the next.
  for (let round = 0; round < 3; round += 1) await inspector.send('HeapProfiler.collectGarbage');
  await inspector.detach();
  const {JSHeapUsedSize, Nodes, JSEventListeners} = await page.metrics();
  return {heap: JSHeapUsedSize!, nodes: Nodes!, listeners: JSEventListeners!};
}

describe('two pages that call each other again and again', () => {
  it(`leave nothing behind after ${CALLS} calls`, async (test) => {
    const site = await openSite();
    try {
      const [alice, bob] = [
        await onlinePage(site, {user: '1001', inside: PHONE}),
        await onlinePage(site, {user: '1002', inside: PHONE}),
      ];
      const pages = [alice, bob];
      const idle = await Promise.all(pages.map(open));
      const idleServer = site.server.stats();
      const call = async (index: number): Promise<void> => {
        const media = index % 10 ? 'audio' : 'video';
        await placeCall(alice, '1002', media);
        await nextEvent(bob, 'sip-call-received');
        await bob.evaluate((media) => (window as any).call.answer({media}), media);
        await Promise.all(pages.map((page) => nextEvent(page, 'sip-call-answered')));
        await alice.evaluate((index) => things(index), index);
        await (index % 2 ? alice : bob).evaluate(() => (window as any).call.hangup());
        await Promise.all(pages.map((page) => nextEvent(page, 'sip-call-hangup')));
      };
      await alice.evaluate(`globalThis.things = ${String(things)}`);
      // What is loaded and kept once belongs to the page, not to a call.
      for (let index = 0; index < WARM; index += 1) await call(index);
      assert.deepEqual(await Promise.all(pages.map(open)), idle);
      const before = await Promise.all(pages.map(weigh));
      for (let index = WARM; index < CALLS; index += 1) await call(index);
      assert.deepEqual(await Promise.all(pages.map(open)), idle);
      // SIP transactions linger on for half a minute by themselves (RFC 3261 §17.1.1.2).
      const {transactions: _, ...leftAtServer} = site.server.stats();
      assert.deepEqual({...idleServer, ...leftAtServer}, idleServer);
      const after = await Promise.all(pages.map(weigh));
      for (const [index, {heap, nodes, listeners}] of after.entries()) {
        const first = before[index]!;
        test.diagnostic(
          `page ${index + 1}: heap ${first.heap} → ${heap} bytes, nodes ${first.nodes} → ${nodes}, listeners ${first.listeners} → ${listeners}`,
        );
        // Something may be drawn for the first time late; what stays of a call would show hundredfold.
        assert.ok(nodes - first.nodes < CALLS / 10, `${nodes - first.nodes} nodes stay`);
        assert.ok(listeners - first.listeners < CALLS / 10, `${listeners - first.listeners} listeners stay`);
      }
      assert.deepEqual(site.complaints, []);

      await Promise.all(pages.map((page) => page.close()));
      while (Object.values(site.server.stats()).some((count) => count > 0)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      await site.close();
    }
  });
});

/** What a person does in a call, another thing in each: runs in the page, whose call is `call`. */
async function things(index: number): Promise<void> {
  const {call} = window as any;
  const choice = index % 5;
  if (choice === 1) {
    await call.mute();
    await call.unmute();
  } else if (choice === 2) {
    await call.hold();
    await call.unhold();
  } else if (choice === 0 && call.media === 'video') {
    await call.setCameraOff(true);
    await call.setCameraOff(false);
  }
}
