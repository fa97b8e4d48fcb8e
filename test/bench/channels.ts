/**
 * How long it takes in `<sip-channels>` from the press of the key until all others hear the user, in one, three and six
 * groups; and the tasks of a desk with twelve groups, four calls and sixteen cameras: a real server and real pages on this
 * machine.
 *
 * `node --import tsx test/bench/channels.ts [ROUNDS] [--minutes=10]`; the desk is measured for so many minutes.
 */
import type {Page} from 'puppeteer-core';
import {USER_TYPE} from '../../src/dispatch/protocol.js';
import {collectGarbage} from '../support/page/heap.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, nextEvent, onlinePage, phonePage} from '../support/page/phone-page.js';
import {BLACK, sendsSignals} from '../support/page/signals.js';
import {openSite} from '../support/page/site.js';
import {goal, median, option, printTable, quantile, size} from './table.js';
import {longScripts, recordTasks, TASK_HEADS, taskCells, watchScripts, type Task} from './tasks.js';

const ROUNDS = size(20);
const MINUTES = option('minutes', 10);
/** A recording of the tasks of ten minutes would be too large to read. */
const SLICE_MS = 20_000;
const CALLS = 4;
/** How long a busy machine may take for one group, call or camera. */
const STEP_MS = 60_000;
/** How much more memory the page may use after all that it has left, in megabytes. */
const MOST_LEFT_MB = 5;
const TONE = 440;
const GROUPS = Array.from({length: 12}, (_, index) => String(9101 + index));
const CAMERAS = Array.from({length: 16}, (_, index) => String(2001 + index));
/** How many groups are spoken to, and how much longer that may take than one of them. */
const SPOKEN_TO = [1, 3, 6];
const MOST_LONGER = 1.3;
/** Each listens to three groups. */
const LISTENERS = ['1002', '1003'];
const DESK = '1001';
const CALLEE = '1004';

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

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Prints how far it is. */
const progress = (text: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Waits until something is counted up to a number, and prints the steps; fails if the next step takes too long. */
async function reaches(what: string, wanted: number, count: () => Promise<number>): Promise<void> {
  let [last, since] = [-1, Date.now()];
  for (;;) {
    const found = await count();
    if (found !== last) progress(`${what}: ${found} of ${wanted}`);
    if (found >= wanted) return;
    if (found !== last) [last, since] = [found, Date.now()];
    if (Date.now() - since > STEP_MS)
      throw new Error(`${what}: ${found} of ${wanted} after another ${STEP_MS / 1_000} s`);
    await pause(100);
  }
}

async function joinAll(desk: Page): Promise<void> {
  await press(desk, 'sip-channels >>> [part~=join-all]');
  const joined = async (): Promise<number> => (await desk.$$('sip-channels >>> .tile.idle')).length;
  await reaches('groups', GROUPS.length, joined);
}

/** Places the calls and opens the cameras, one after the other. */
async function fillDesk(desk: Page, callee: Page): Promise<void> {
  // A wall releases the cameras that nobody sees.
  await desk.setViewport({width: 1280, height: 3200});
  const answered = (types: readonly string[]): Promise<number> =>
    desk.evaluate((types) => {
      const {calls} = document.querySelector('sip-client') as any;
      return calls.filter((call: any) => call.state.phase === 'answered' && types.includes(call.type)).length;
    }, types);
  for (let count = 1; count <= CALLS; count += 1) {
    await desk.evaluate(async (number) => {
      await (document.querySelector('sip-client') as any).call(number, {media: 'audio'});
    }, CALLEE);
    await nextEvent(callee, 'sip-call-received');
    await callee.evaluate(() => (window as any).call.answer({media: 'audio'}));
    await reaches('calls', count, () => answered(['single']));
  }
  await desk.evaluate(() => {
    const inside = '<sip-calls></sip-calls><sip-call></sip-call><sip-monitor></sip-monitor>';
    document.querySelector('#more')!.innerHTML = inside;
    return document.querySelector('sip-monitor')!.start();
  });
  for (const [index, number] of CAMERAS.entries()) {
    await desk.evaluate((number) => document.querySelector('sip-monitor')!.addNumber(number), number);
    await reaches('cameras', index + 1, () => answered(['monitor']));
  }
}

/** Records the tasks of a page for some minutes, one recording after the other. */
async function recordMinutes(page: Page, minutes: number): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let elapsed = 0; elapsed < minutes * 60_000; elapsed += SLICE_MS) {
    const recorded = await recordTasks(page, () => pause(SLICE_MS));
    tasks.push(...recorded.tasks());
    progress(`recorded ${(elapsed + SLICE_MS) / 1_000} s`);
  }
  return tasks;
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
  users: [
    ...[DESK, CALLEE, ...LISTENERS].map((number) => user(number)),
    ...CAMERAS.map((number) => user(number, USER_TYPE.camera)),
  ],
  intercoms: GROUPS.map((number) => ({number, name: number, members: [DESK, ...LISTENERS]})),
});
try {
  const inside = `<sip-channels groups="${GROUPS.join()}"></sip-channels><div id="more"></div>`;
  const desk = await phonePage(site, {user: DESK, attributes: 'parallel-calls', inside});
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
  await joinAll(desk);
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

  const callee = await onlinePage(site, {user: CALLEE, attributes: 'parallel-calls'});
  const heap = async (): Promise<number> => {
    await collectGarbage(desk);
    return (await desk.metrics()).JSHeapUsedSize! / 2 ** 20;
  };
  await desk.bringToFront();
  const before = await heap();
  await watchScripts(desk);
  await fillDesk(desk, callee);
  const opening = await longScripts(desk);
  const processor = async (): Promise<number> => (await desk.metrics()).TaskDuration!;
  const [began, since] = [await processor(), Date.now()];
  const tasks = await recordMinutes(desk, MINUTES);
  const used = ((await processor()) - began) / ((Date.now() - since) / 1_000);
  const playing = await longScripts(desk);
  await desk.evaluate(async () => {
    const client = document.querySelector('sip-client') as any;
    document.querySelector('#more')!.replaceChildren();
    const left = client.calls.filter((call: any) => !call.type.includes('intercom'));
    await Promise.all(left.map((call: any) => call.hangup()));
  });
  const added = (await heap()) - before;
  printTable(
    'a desk of talk groups',
    ['12 groups, 4 calls, 16 cameras', 'processor', ...TASK_HEADS, 'heap afterwards, MB'],
    [
      [
        `for ${MINUTES} min`,
        `${(100 * used).toFixed(0)} %`,
        ...taskCells(tasks),
        goal(`${added < 0 ? '−' : '+'}${Math.abs(added).toFixed(1)}`, added <= MOST_LEFT_MB),
      ],
    ],
  );
  for (const [when, scripts] of Object.entries({opening, playing}))
    console.log(`\nScripts of frames over 50 ms while ${when}: ${scripts.join('; ') || 'none'}`);
} finally {
  await site.close();
}
