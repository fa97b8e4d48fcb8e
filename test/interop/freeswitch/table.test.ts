import {after, afterEach, before, describe} from 'node:test';
import {publish, type Outcome} from '../../support/freeswitch/report.js';
import {ROWS} from '../../support/freeswitch/rows.js';
import {Stage} from '../../support/freeswitch/stage.js';
import {off} from '../../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../../support/interop/evidence.js';
import {hangsUp} from '../../support/interop/sip-page.js';
import {IN_FIREFOX} from '../../support/page/browser.js';

/** The longest time of a row, in milliseconds. */
const LIMIT = 30_000;

/** The rows that the environment chooses by parts of their names. */
const chosen = process.env['ROWS']?.split(',') ?? [''];

describe('pages at FreeSWITCH', () => {
  let stage: Stage;
  const outcomes: Outcome[] = [];
  before(async () => (stage = await Stage.open()));
  after(async () => {
    await stage?.close();
    await publish(outcomes);
  });
  afterEach(
    async () => {
      for (const each of stage.people) await hangsUp(each);
      for (const each of stage.people) await off(each);
    },
    {timeout: 30_000},
  );

  const it = testsThatTell(async () => [
    ...(await Promise.all(stage.people.map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('FreeSWITCH', stage.freeSwitch.log(), /\[(WARNING|ERR|CRIT)\]|EXECUTE|Hangup/, 16),
  ]);

  for (const {name, chromium, run} of ROWS)
    if (!(IN_FIREFOX && chromium) && chosen.some((part) => name.includes(part)))
      it(
        name,
        async () => {
          const since = Date.now();
          // A row that takes too long ends here before it ends itself.
          const place = outcomes.push({name, works: false, ms: LIMIT}) - 1;
          await run(stage);
          outcomes[place] = {name, works: true, ms: Date.now() - since};
        },
        LIMIT,
      );
});
