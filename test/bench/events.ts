/**
 * How long a browser's tasks take while the API's socket brings a thousand events a second to a page with three calls,
 * `<sip-directory>` and `<sip-calls>`: states and positions of people, and other names of the calls' parties.
 *
 * `node --import tsx test/bench/events.ts [SECONDS]`
 */
import {API_EVENT, CALL_STATE} from '../../src/dispatch/protocol.js';
import {nextEvent, onlinePage, placeCall} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {atRate, openApiRelay} from './api-relay.js';
import {goal, printTable, size} from './table.js';
import {frameCells, FRAME_HEADS, frames, recordTasks, TASK_HEADS, taskCells} from './tasks.js';

const SECONDS = size(10);
const RATE = 1_000;
const EVENTS = SECONDS * RATE;
const PEOPLE = 60;
const CAMERAS = ['1019', '1020', '1021'];

const site = await openSite();
const relay = await openApiRelay(site.server.url);

/** One of the events, by its index. */
function eventAt(index: number, cids: readonly string[]): {header: string; body: object} {
  const number = String(1001 + ((index >> 1) % PEOPLE));
  if (index % 2 === 0)
    return {header: API_EVENT.personState, body: {number, state: String(Math.floor(index / PEOPLE / 2) % 3)}};
  if (index % 4 === 1)
    return {header: API_EVENT.position, body: {number, lng: `120.${index}`, lat: `30.${index}`}};
  const cid = cids[(index >> 2) % cids.length];
  return {
    header: API_EVENT.sessionState,
    body: {cid, state: String(CALL_STATE.connected), othername: `Name ${index}`},
  };
}

/** Sends all events in time. */
async function send(cids: readonly string[]): Promise<void> {
  await atRate(RATE, SECONDS, (index) => {
    const {header, body} = eventAt(index, cids);
    relay.send(header, [{...body, index}]);
  });
}

try {
  const page = await onlinePage(site, {
    user: '1001',
    address: `${relay.url}fswebrtc`,
    attributes: `api="${relay.api}"`,
    inside: '<sip-directory></sip-directory><sip-calls></sip-calls>',
  });
  await page.evaluate(async () => {
    const element = document.querySelector('sip-client') as any;
    await element.connectApi();
    const seen = ((window as any).seen = new Set<number>());
    element.addEventListener('sip-api-received', ({detail}: CustomEvent) => {
      const index = detail.message.body[0]?.index;
      if (index !== undefined) seen.add(index);
    });
  });
  for (const number of CAMERAS) {
    await placeCall(page, number, 'audio');
    await nextEvent(page, 'sip-call-answered');
  }
  const cids = await page.evaluate(() =>
    (document.querySelector('sip-client') as any).calls.map(({sid}: {sid: string}) => sid),
  );
  const {result: times, tasks} = await recordTasks(page, async () => {
    const [times] = await Promise.all([frames(page, SECONDS), send(cids)]);
    return times;
  });
  // What is still under way arrives in a moment, or is lost.
  const lost = await page.evaluate(async (events) => {
    const seen = (window as any).seen as Set<number>;
    for (const end = performance.now() + 5_000; seen.size < events && performance.now() < end;)
      await new Promise(requestAnimationFrame);
    return events - seen.size;
  }, EVENTS);
  printTable(
    'API events',
    [`${RATE} events a second for ${SECONDS} s`, 'events lost', ...FRAME_HEADS, ...TASK_HEADS],
    [
      [
        'a page of the dispatch profile',
        goal(String(lost), lost === 0),
        ...frameCells(times),
        ...taskCells(tasks()),
      ],
    ],
  );
} finally {
  relay.close();
  await site.close();
}
