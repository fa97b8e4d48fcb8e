/**
 * What two pages keep of a hundred calls, one after another: objects, connections and memory, garbage apart.
 *
 * `node --import tsx test/bench/hundred-calls.ts [CALLS]`
 */
import type {Page} from 'puppeteer-core';
import {hurriesTimers} from '../support/interop/hurried-timers.js';
import {collectGarbage, instances} from '../support/page/heap.js';
import {nextEvent, onlinePage, placeCall} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {released, timeouts} from '../support/page/witness.js';
import {goal, printTable, size} from './table.js';

const CALLS = size(100);
/** Calls after which everything that is loaded once has been loaded. */
const WARM = 5;
/** How long a page's SIP transactions linger on instead of 64 × T1 (RFC 3261 §17), in milliseconds. */
const LINGER = {32_000: 5_000};
const PHONE = '<sip-dialer></sip-dialer><sip-incoming></sip-incoming><sip-call></sip-call>';

const site = await openSite();
try {
  const [caller, callee] = [
    await onlinePage(site, {user: '1001', inside: PHONE}),
    await onlinePage(site, {user: '1002', inside: PHONE}),
  ];
  const pages = [caller, callee];
  await Promise.all(pages.map((page) => hurriesTimers(page, LINGER)));
  const idle = await Promise.all(pages.map(timeouts));

  const call = async (): Promise<void> => {
    await placeCall(caller, '1002', 'audio');
    await nextEvent(callee, 'sip-call-received');
    await callee.evaluate(() => (window as any).call.answer({media: 'audio'}));
    for (const page of pages) await nextEvent(page, 'sip-call-answered');
    await caller.evaluate(() => (window as any).call.hangup());
    for (const page of pages) {
      await nextEvent(page, 'sip-call-hangup');
      // The page's own reference would keep the call.
      await page.evaluate(() => {
        (window as any).events.length = 0;
        (window as any).call = undefined;
      });
    }
  };

  /** What a page holds once its transactions are over, and what they are about with them. */
  const held = async (page: Page, idle: number) => {
    await released(page);
    while ((await timeouts(page)) > idle) await new Promise((resolve) => setTimeout(resolve, 100));
    await collectGarbage(page);
    const {calls, connections} = await instances(page, {
      calls: `Object.getPrototypeOf(document.querySelector('sip-call').call)`,
      connections: 'RTCPeerConnection.prototype',
    });
    const {JSHeapUsedSize: heap} = await page.metrics();
    return {calls: calls!, connections: connections!, heap: heap!};
  };
  const allHeld = async () => [await held(caller, idle[0]!), await held(callee, idle[1]!)];

  for (let index = 0; index < WARM; index += 1) await call();
  const before = await allHeld();
  for (let index = 0; index < CALLS; index += 1) await call();
  const after = await allHeld();
  printTable(
    'a hundred calls',
    [`after ${CALLS} calls`, 'SipCall', 'RTCPeerConnection', 'kB of memory a call', 'goal'],
    after.map(({calls, connections, heap}, index) => [
      ['caller', 'callee'][index]!,
      calls,
      connections,
      ((heap - before[index]!.heap) / CALLS / 1024).toFixed(1),
      goal('1 call, which `<sip-call>` still shows, and no connection', calls === 1 && connections === 0),
    ]),
  );
} finally {
  await site.close();
}
