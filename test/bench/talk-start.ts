/**
 * How long it takes in an intercom from the press to the sound at the others: a real server and real pages on this machine.
 *
 * `node --import tsx test/bench/talk-start.ts [ROUNDS]`
 */
import {attend} from '../support/page/meeting.js';
import {hearsNow, listens} from '../support/page/signals.js';
import {openSite} from '../support/page/site.js';
import {printTable, size, spread} from './table.js';

const ROUNDS = size(20);

const site = await openSite();
try {
  const [speaker, ...listeners] = await attend(site, 3);
  for (const {page} of [speaker!, ...listeners])
    await page.evaluate(async () => {
      const intercom = await (document.querySelector('sip-client') as any).intercom('9001');
      (window as any).call = intercom;
      while (intercom.state.phase !== 'answered')
        await new Promise((resolve) => intercom.addEventListener('statechange', resolve, {once: true}));
    });
  for (const {page} of listeners) await listens(page);
  const granted: number[] = [];
  const heard: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const sound = Promise.all(listeners.map(({page}) => hearsNow(page, [speaker!.tone])));
    const {pressed, given} = await speaker!.page.evaluate(async () => {
      const now = (): number => performance.timeOrigin + performance.now();
      const pressed = now();
      await (window as any).call.requestFloor();
      return {pressed, given: now()};
    });
    // The last one counts.
    const last = Math.max(...(await sound));
    if (round > 0) {
      granted.push(given - pressed);
      heard.push(last - pressed);
    }
    await speaker!.page.evaluate(() => (window as any).call.releaseFloor());
    for (const {page} of listeners) await hearsNow(page, [], [speaker!.tone]);
  }
  printTable(
    'the intercom',
    [`pressed ${ROUNDS} times`, 'ms'],
    [
      ['until the floor is granted', spread(granted)],
      ['until the last of two others hears it', spread(heard)],
    ],
  );
} finally {
  await site.close();
}
