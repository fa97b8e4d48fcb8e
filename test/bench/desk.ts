/**
 * The tasks, the processor and the memory of a full `<sip-console>`: twelve talk groups, sixteen cameras, four calls, a
 * conference, 600 people and fifty events a second, with a real server and real pages on this machine.
 *
 * `node --import tsx test/bench/desk.ts [--minutes=10]`
 */
import type {Page} from 'puppeteer-core';
import {API_EVENT, USER_TYPE} from '../../src/dispatch/protocol.js';
import {collectGarbage} from '../support/page/heap.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, nextEvent, onlinePage, phonePage} from '../support/page/phone-page.js';
import {BLACK, sendsSignals} from '../support/page/signals.js';
import {openSite} from '../support/page/site.js';
import {atRate, openApiRelay} from './api-relay.js';
import {joinAll, progress, reaches} from './steps.js';
import {goal, option, printTable} from './table.js';
import {longScripts, recordTasks, TASK_HEADS, taskCells, watchScripts, type Task} from './tasks.js';

const MINUTES = option('minutes', 10);
/** A recording of the tasks of ten minutes would be too large to read. */
const SLICE = 20;
const CALLS = 4;
const PEOPLE = 600;
const TEAMS = 12;
const RATE = 50;
/** How much more memory the page may use after all that it has left, in megabytes. */
const MOST_LEFT_MB = 5;
/** How much more it may use at the end of the minutes than at their begin. */
const MOST_GROWN_MB = 10;
const GROUPS = Array.from({length: 12}, (_, index) => String(9101 + index));
const CAMERAS = Array.from({length: 16}, (_, index) => String(2001 + index));
const DESK = '1001';
const CALLEE = '1004';
/** The others of the conference. */
const MEMBERS = ['1005', '1006'];

const numberAt = (index: number): string => String(20_001 + (index % PEOPLE));
const teamAt = (index: number): string => String(8_000 + (index % TEAMS));
const user = (number: string, index: number, type: number = USER_TYPE.dispatcher) => ({
  number,
  name: `Name ${number}`,
  password: '1234',
  type,
  group: teamAt(index),
});

const site = await openSite({
  floorQueue: 0,
  users: [
    ...[DESK, CALLEE, ...MEMBERS].map((number) => user(number, 0)),
    ...CAMERAS.map((number) => user(number, 1, USER_TYPE.camera)),
    ...Array.from({length: PEOPLE}, (_, index) => user(numberAt(index), index, USER_TYPE.handheld)),
  ],
  groups: Array.from({length: TEAMS}, (_, index) => ({
    number: teamAt(index),
    name: `Team ${index + 1}`,
    parent: '',
  })),
  intercoms: GROUPS.map((number) => ({number, name: number, members: [DESK, CALLEE]})),
  // The bench reports them.
  positionInterval: 3_600_000,
});
const relay = await openApiRelay(site.server.url);

let sent = 0;

/** Reports other states and positions of people, so many a second. */
async function report(seconds: number): Promise<void> {
  await atRate(RATE, seconds, () => {
    const index = (sent += 1);
    const number = numberAt(index * 7);
    if (index % 2) relay.send(API_EVENT.personState, [{number, state: String(index % 3)}]);
    else {
      const [lng, lat] = [121.58 + (index % 800) / 10_000, 29.9 + (index % 600) / 10_000].map(String);
      relay.send(API_EVENT.position, [{number, lng, lat, time: String(Date.now())}]);
    }
  });
}

/** How many calls of a page are answered, of these types. */
const answered = (page: Page, ...types: readonly string[]): Promise<number> =>
  page.evaluate((types) => {
    const {calls} = document.querySelector('sip-client') as any;
    return calls.filter((call: any) => call.state.phase === 'answered' && types.includes(call.type)).length;
  }, types);

/** Places the calls, starts the conference and opens the cameras, one after the other. */
async function fillDesk(desk: Page, callee: Page, members: readonly Page[]): Promise<void> {
  for (let count = 1; count <= CALLS; count += 1) {
    await desk.evaluate(async (number) => {
      await (document.querySelector('sip-client') as any).call(number, {media: 'audio'});
    }, CALLEE);
    await nextEvent(callee, 'sip-call-received');
    await callee.evaluate(() => (window as any).call.answer({media: 'audio'}));
    await reaches('calls', count, () => answered(desk, 'single'));
  }
  const joining = members.map(async (page) => {
    await nextEvent(page, 'sip-call-received');
    await page.evaluate(() => (window as any).call.answer({media: 'audio'}));
  });
  await desk.evaluate(async (members) => {
    await (document.querySelector('sip-client') as any).createConference({members});
  }, MEMBERS);
  await Promise.all(joining);
  await press(desk, 'sip-console >>> #tab-wall');
  await (await shown(desk, 'sip-console >>> sip-monitor')).evaluate((wall) => (wall as any).start());
  for (const [index, number] of CAMERAS.entries()) {
    const wall = await shown(desk, 'sip-console >>> sip-monitor');
    await wall.evaluate(async (wall, number) => {
      await (wall as any).addNumber(number);
    }, number);
    await reaches('cameras', index + 1, () => answered(desk, 'monitor'));
  }
}

/** Records the tasks of a page for some minutes, one recording after the other, while events come. */
async function recordMinutes(page: Page, minutes: number): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let elapsed = 0; elapsed < minutes * 60; elapsed += SLICE) {
    const recorded = await recordTasks(page, () => report(SLICE));
    for (const task of recorded.tasks()) tasks.push(task);
    progress(`recorded ${elapsed + SLICE} s`);
  }
  return tasks;
}

try {
  const members = await Promise.all(MEMBERS.map((number) => onlinePage(site, {user: number})));
  const callee = await onlinePage(site, {user: CALLEE, attributes: 'parallel-calls'});
  const desk = await phonePage(site, {
    user: DESK,
    address: `${relay.url}fswebrtc`,
    attributes: `parallel-calls api="${relay.api}"`,
    inside: `<sip-console><sip-channels data-region="bottom" groups="${GROUPS.join()}"></sip-channels></sip-console>`,
  });
  await desk.setViewport({width: 1_920, height: 1_080});
  await sendsSignals(desk, {tone: 440, halves: BLACK});
  await goOnline(desk);
  await desk.evaluate(async () => {
    await (document.querySelector('sip-client') as any).connectApi();
  });
  const heap = async (): Promise<number> => {
    await collectGarbage(desk);
    return (await desk.metrics()).JSHeapUsedSize! / 2 ** 20;
  };
  await desk.bringToFront();
  await shown(desk, 'sip-console >>> sip-directory >>> [role=treeitem]');
  await joinAll(desk, GROUPS.length);
  const before = await heap();
  await watchScripts(desk);
  await fillDesk(desk, callee, members);
  const opening = await longScripts(desk);
  const full = await heap();
  const processor = async (): Promise<number> => (await desk.metrics()).TaskDuration!;
  const [began, since] = [await processor(), Date.now()];
  const tasks = await recordMinutes(desk, MINUTES);
  const used = ((await processor()) - began) / ((Date.now() - since) / 1_000);
  const working = await longScripts(desk);
  const grown = (await heap()) - full;
  await desk.evaluate(async () => {
    const client = document.querySelector('sip-client') as any;
    const left = client.calls.filter((call: any) => !call.type.includes('intercom'));
    await Promise.all(left.map((call: any) => call.hangup()));
  });
  const added = (await heap()) - before;
  const signed = (megabytes: number): string =>
    `${megabytes < 0 ? '−' : '+'}${Math.abs(megabytes).toFixed(1)}`;
  printTable(
    'a desk',
    ['a full desk', 'processor', ...TASK_HEADS, 'heap meanwhile, MB', 'heap afterwards, MB'],
    [
      [
        `for ${MINUTES} min`,
        `${(100 * used).toFixed(0)} %`,
        ...taskCells(tasks),
        goal(signed(grown), grown <= MOST_GROWN_MB),
        goal(signed(added), added <= MOST_LEFT_MB),
      ],
    ],
  );
  for (const [when, scripts] of Object.entries({opening, working}))
    console.log(`\nScripts of frames over 50 ms while ${when}: ${scripts.join('; ') || 'none'}`);
} finally {
  relay.close();
  await site.close();
}
