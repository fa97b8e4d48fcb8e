/**
 * How long a browser's tasks and frames take while `<sip-map>` shows 2,000 people of whom ten a second move: while it opens, while
 * they move, while the user drags and zooms the map meanwhile, and while all of them move within five seconds.
 *
 * `node --import tsx test/bench/map.ts [SECONDS]`
 */
import {API_EVENT, USER_TYPE} from '../../src/dispatch/protocol.js';
import {onlinePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {atRate, openApiRelay} from './api-relay.js';
import {goal, printTable, size} from './table.js';
import {FRAME_HEADS, frameCells, frames, recordTasks, TASK_HEADS, taskCells} from './tasks.js';

const SECONDS = size(10);
const PEOPLE = 2_000;
const GROUPS = 20;
const RATE = 10;
/** Everyone moves once in five seconds, as the development server reports it. */
const ALL_RATE = PEOPLE / 5;

const numberAt = (index: number): string => String(20_001 + (index % PEOPLE));
const site = await openSite({
  users: [
    {number: '1001', name: '王芳', password: '1234', type: USER_TYPE.dispatcher, group: '8000'},
    ...Array.from({length: PEOPLE}, (_, index) => ({
      number: numberAt(index),
      name: `Patrol ${index + 1}`,
      password: '1234',
      type: USER_TYPE.handheld,
      group: String(8_000 + (index % GROUPS)),
    })),
  ],
  groups: Array.from({length: GROUPS}, (_, index) => ({
    number: String(8_000 + index),
    name: `Group ${index}`,
    parent: '',
  })),
  // The bench reports them.
  positionInterval: 3_600_000,
});
const relay = await openApiRelay(site.server.url);

/** Somewhere in the harbor. */
const placeOf = (index: number): object => ({
  number: numberAt(index * 7),
  lng: String(121.58 + ((index * 7919) % 8_000) / 100_000),
  lat: String(29.9 + ((index * 104_729) % 6_000) / 100_000),
  time: String(Date.now()),
});

let sent = 0;

/** Reports so many positions a second. */
async function send(rate: number): Promise<void> {
  await atRate(rate, SECONDS, () => relay.send(API_EVENT.position, [placeOf((sent += 1))]));
}

try {
  const page = await onlinePage(site, {
    user: '1001',
    address: `${relay.url}fswebrtc`,
    attributes: `api="${relay.api}"`,
  });
  await page.setViewport({width: 1_280, height: 800});
  await page.evaluate(async () => {
    await (document.querySelector('sip-client') as any).connectApi();
  });
  const opening = await recordTasks(page, async () => {
    await page.evaluate(() => {
      const map = document.createElement('sip-map');
      document.querySelector('sip-client')!.append(map);
    });
    await page.waitForFunction(
      (people) => {
        const text = document
          .querySelector('sip-map')
          ?.shadowRoot?.querySelector('sip-map-panel')
          ?.shadowRoot?.querySelector('.bar')?.textContent;
        return text?.includes(`${people} in view`);
      },
      {polling: 200},
      PEOPLE,
    );
  });
  /** Drags and zooms the map with the mouse. */
  const use = async (): Promise<void> => {
    const {mouse} = page;
    const end = performance.now() + SECONDS * 1000;
    await mouse.move(400, 300);
    for (let turn = 0; performance.now() < end; turn += 1) {
      await mouse.down();
      for (let step = 0; step < 20; step += 1)
        await mouse.move(400 + (turn % 2 ? 6 : -6) * step, 300 + (turn % 4 < 2 ? 3 : -3) * step);
      await mouse.up();
      await mouse.move(400, 300);
      await mouse.wheel({deltaY: turn % 4 < 2 ? -120 : 120});
    }
  };
  const moving = await recordTasks(
    page,
    async () => (await Promise.all([frames(page, SECONDS), send(RATE)]))[0],
  );
  const used = await recordTasks(
    page,
    async () => (await Promise.all([frames(page, SECONDS), send(RATE), use()]))[0],
  );
  const all = await recordTasks(
    page,
    async () => (await Promise.all([frames(page, SECONDS), send(ALL_RATE)]))[0],
  );
  const drawn = await page.evaluate(
    () => (document.querySelector('sip-client') as any).directory.followed.length as number,
  );
  printTable(
    'the map',
    [`a map of ${PEOPLE} people`, ...FRAME_HEADS, ...TASK_HEADS],
    [
      ['opening', '', '', '', ...taskCells(opening.tasks())],
      [`${RATE} moves a second for ${SECONDS} s`, ...frameCells(moving.result), ...taskCells(moving.tasks())],
      [
        'the same, while the map is dragged and zoomed',
        ...frameCells(used.result),
        ...taskCells(used.tasks()),
      ],
      [`${ALL_RATE} moves a second`, ...frameCells(all.result), ...taskCells(all.tasks())],
    ],
  );
  console.log(`\nFollowed: ${goal(String(drawn), drawn >= PEOPLE)}`);
} finally {
  relay.close();
  await site.close();
}
