/**
 * How long it takes in `<sip-channels>` from the press of the key until all others hear the user, in one, three and six of
 * twelve groups: a real server and real pages on this machine.
 *
 * `node --import tsx test/bench/channels.ts [ROUNDS]`
 */
import type {Page} from 'puppeteer-core';
import {USER_TYPE} from '../../src/dispatch/protocol.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, onlinePage, phonePage} from '../support/page/phone-page.js';
import {BLACK, sendsSignals} from '../support/page/signals.js';
import {openSite} from '../support/page/site.js';
import {joinAll} from './steps.js';
import {goal, median, printTable, quantile, size} from './table.js';

const ROUNDS = size(20);
const TONE = 440;
const GROUPS = Array.from({length: 12}, (_, index) => String(9101 + index));
/** How many groups are spoken to, and how much longer that may take than one of them. */
const SPOKEN_TO = [1, 3, 6];
const MOST_LONGER = 1.3;
/** Each listens to three groups. */
const LISTENERS = ['1002', '1003'];
const DESK = '1001';

const user = (number: string, type: number = USER_TYPE.dispatcher) => ({
  number,
  name: number,
  password: '1234',
  type,
});
const tile = (index: number): string =>
  `sip-channels >>> sip-channel-tile:nth-of-type(${index + 1}) >>> .face`;

/** Joins groups, and makes `hears` of the page: whether a tone is heard in all of these groups, or in none. */
async function listen(page: Page, groups: readonly string[]): Promise<void> {
  await page.evaluate(async (groups) => {
    const client = document.querySelector('sip-client') as any;
    const context = new AudioContext();
    await context.resume();
    const analysers: Record<string, AnalyserNode> = {};
    for (const group of groups) {
      const call = await client.intercom(group);
      while (call.state.phase !== 'answered')
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
      const audio = Object.assign(new Audio(), {muted: true});
      audio.srcObject = new MediaStream(call.remoteStream.getAudioTracks());
      await audio.play();
      analysers[group] = new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});
      context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analysers[group]);
    }
    const spectrum = new Float32Array(2048);
    const loudness = (group: string, tone: number): number => {
      analysers[group]!.getFloatFrequencyData(spectrum);
      const bin = Math.round((tone * 4096) / context.sampleRate);
      return Math.max(...spectrum.subarray(bin - 2, bin + 3));
    };
    /** Resolves once it is so, with the time since the epoch in milliseconds. */
    (window as any).hears = async (groups: string[], tone: number, heard: boolean) => {
      const missing = (group: string) => (heard ? loudness(group, tone) < -40 : loudness(group, tone) > -60);
      while (groups.some(missing)) await new Promise((resolve) => setTimeout(resolve, 5));
      return performance.timeOrigin + performance.now();
    };
  }, groups);
}

/** Measures the times from the press until the last listener hears the user in all selected groups. */
async function delays(desk: Page, listeners: readonly Page[], spokenTo: number): Promise<number[]> {
  const hear = (heard: boolean): Promise<number[]> =>
    Promise.all(
      listeners.map((page, index) =>
        page.evaluate(
          (groups, tone, heard) => (window as any).hears(groups, tone, heard),
          GROUPS.slice(3 * index, Math.min(3 * index + 3, spokenTo)),
          TONE,
          heard,
        ),
      ),
    );
  const found: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await shown(desk, 'sip-channels >>> [part~=talk]:not([aria-disabled])');
    const heard = hear(true);
    await desk.keyboard.down('F8');
    const last = Math.max(...(await heard));
    if (round > 0) found.push(last - (await desk.evaluate(() => (window as any).pressed)));
    await desk.keyboard.up('F8');
    await hear(false);
  }
  return found;
}

const site = await openSite({
  floorQueue: 0,
  users: [...[DESK, ...LISTENERS].map((number) => user(number))],
  intercoms: GROUPS.map((number) => ({number, name: number, members: [DESK, ...LISTENERS]})),
});
try {
  const inside = `<sip-channels groups="${GROUPS.join()}"></sip-channels>`;
  const desk = await phonePage(site, {user: DESK, inside});
  await sendsSignals(desk, {tone: TONE, halves: BLACK});
  await goOnline(desk);
  const listeners: Page[] = [];
  for (const [index, number] of LISTENERS.entries()) {
    const page = await onlinePage(site, {user: number});
    await listen(page, GROUPS.slice(3 * index, 3 * index + 3));
    listeners.push(page);
  }
  await desk.bringToFront();
  await desk.evaluate(() => {
    const onKey = ({key, repeat}: KeyboardEvent): void => {
      if (key === 'F8' && !repeat) (window as any).pressed = performance.timeOrigin + performance.now();
    };
    addEventListener('keydown', onKey, {capture: true});
  });
  await joinAll(desk, GROUPS.length);
  const rows: (string | number)[][] = [];
  let [selected, one] = [0, 0];
  for (const count of SPOKEN_TO) {
    while (selected < count) await press(desk, tile(selected++));
    const found = await delays(desk, listeners, count);
    if (count === 1) one = median(found);
    const times = [0.5, 0.95].map((share) => quantile(found, share).toFixed(0));
    const ratio = median(found) / one;
    const wanted = count === Math.max(...SPOKEN_TO) ? goal(`${MOST_LONGER} ×`, ratio <= MOST_LONGER) : '';
    rows.push([count === 1 ? 'one group' : `${count} groups`, ...times, `${ratio.toFixed(2)} ×`, wanted]);
  }
  printTable(
    'talk groups',
    [`pressed ${ROUNDS} times, until the last one hears it in`, 'ms', '95th percentile', 'of one', 'goal'],
    rows,
  );
} finally {
  await site.close();
}
