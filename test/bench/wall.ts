/**
 * How long a browser's tasks and frames take while `<sip-monitor>` opens sixteen cameras of the development server, and
 * while their pictures play.
 *
 * `node --import tsx test/bench/wall.ts [SECONDS]`
 */
import {USER_TYPE} from '../../src/dispatch/protocol.js';
import {onlinePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {printTable, size} from './table.js';
import {FRAME_HEADS, frameCells, frames, recordTasks, TASK_HEADS, taskCells} from './tasks.js';

const SECONDS = size(10);
const TILES = 16;

const user = (number: string, type: number) => ({number, name: number, password: '1234', type});
const cameras = Array.from({length: TILES}, (_, index) => String(2001 + index));
const site = await openSite({
  users: [user('1001', USER_TYPE.dispatcher), ...cameras.map((number) => user(number, USER_TYPE.camera))],
});
try {
  const inside = `<sip-monitor numbers="${cameras.join()}"></sip-monitor>`;
  const page = await onlinePage(site, {user: '1001', inside});
  /** How many pictures all tiles have shown. */
  const pictures = (): Promise<number> =>
    page.evaluate((tiles) => {
      const videos = (root: ParentNode): HTMLVideoElement[] =>
        [...root.querySelectorAll('*')].flatMap((element) =>
          element instanceof HTMLVideoElement
            ? element
            : element.shadowRoot
              ? videos(element.shadowRoot)
              : [],
        );
      const counts = videos(document).map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
      return counts.filter((count) => count > 0).length < tiles ? 0 : counts.reduce((sum, one) => sum + one);
    }, TILES);
  const opening = await recordTasks(page, async () => {
    await page.evaluate(() => document.querySelector('sip-monitor')!.start());
    while ((await pictures()) === 0) await new Promise((resolve) => setTimeout(resolve, 200));
  });
  const playing = await recordTasks(page, async () => {
    const before = await pictures();
    const times = await frames(page, SECONDS);
    return {times, shown: (await pictures()) - before};
  });
  const {times, shown} = playing.result;
  printTable(
    'the wall',
    [`a wall of ${TILES}`, 'pictures of a tile a second', ...FRAME_HEADS, ...TASK_HEADS],
    [
      ['opening', '', '', '', '', ...taskCells(opening.tasks())],
      [
        `playing for ${SECONDS} s`,
        (shown / TILES / SECONDS).toFixed(1),
        ...frameCells(times),
        ...taskCells(playing.tasks()),
      ],
    ],
  );
} finally {
  await site.close();
}
