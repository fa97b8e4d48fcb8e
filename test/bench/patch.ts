/**
 * How much later a voice arrives through a patch than in a direct call: a real server and real pages on this machine.
 *
 * `node --import tsx test/bench/patch.ts [ROUNDS]`
 */
import type {Page} from 'puppeteer-core';
import {attend} from '../support/page/meeting.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {hearsNow, listens} from '../support/page/signals.js';
import {openSite} from '../support/page/site.js';
import {goal, median, printTable, size, spread} from './table.js';

const ROUNDS = size(20);

/** In milliseconds. */
const MOST_ADDED = 60;

async function connect(caller: Page, callee: Page, number: string): Promise<void> {
  await placeCall(caller, number, 'audio');
  await nextEvent(callee, 'sip-call-received');
  await callee.evaluate(() => (window as any).call.answer());
  await nextEvent(callee, 'sip-call-answered');
  await nextEvent(caller, 'sip-call-answered');
}

/** Measures the time from the end of a page's muting until another page hears its tone. */
async function delays(speaker: Page, listener: Page, tone: number): Promise<number[]> {
  await listens(listener);
  const found: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await speaker.evaluate(() => (window as any).call.mute());
    await hearsNow(listener, [], [tone]);
    const heard = hearsNow(listener, [tone]);
    const since = await speaker.evaluate(() => {
      void (window as any).call.unmute();
      return performance.timeOrigin + performance.now();
    });
    if (round > 0) found.push((await heard) - since);
    else await heard;
  }
  return found;
}

/** Returns the mean time that sound has waited in a page's jitter buffers, in milliseconds. */
function waited(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const peers = [...((window as any).opened.peers as Set<RTCPeerConnection>)];
    const open = peers.filter(({connectionState}) => connectionState === 'connected');
    const delays: number[] = [];
    for (const report of await Promise.all(open.map((peer) => peer.getStats())))
      report.forEach((entry: Partial<RTCInboundRtpStreamStats>) => {
        const {type, jitterBufferDelay = 0, jitterBufferEmittedCount = 1} = entry;
        if (type === 'inbound-rtp') delays.push((1_000 * jitterBufferDelay) / jitterBufferEmittedCount);
      });
    return delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  });
}

const site = await openSite();
try {
  const [desk, speaker, listener, third] = await attend(site, 4);
  await connect(speaker!.page, listener!.page, listener!.number);
  const direct = await delays(speaker!.page, listener!.page, speaker!.tone);
  await speaker!.page.evaluate(() => (window as any).call.hangup());
  await nextEvent(listener!.page, 'sip-call-hangup');
  for (const {page, number} of [speaker!, listener!, third!]) await connect(desk!.page, page, number);
  await desk!.page.evaluate(async () => {
    const element = document.querySelector('sip-client') as any;
    await element.patch(element.calls, {part: 'out'});
  });
  const patched = await delays(speaker!.page, listener!.page, speaker!.tone);
  const added = median(patched) - median(direct);
  printTable(
    'a patch',
    [`a voice that begins ${ROUNDS} times`, 'ms'],
    [
      ['in a direct call', spread(direct)],
      ['through a patch of three', spread(patched)],
      ['of that in the jitter buffers of the page that mixes', (await waited(desk!.page)).toFixed(0)],
      ['added', goal(added.toFixed(0), added <= MOST_ADDED)],
    ],
  );
} finally {
  await site.close();
}
