import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {audit} from '../support/page/audit.js';
import {crashes} from '../support/page/crash.js';
import {bring, DownloadFolder} from '../support/page/download-folder.js';
import {shown} from '../support/page/parts.js';
import {nextEvent} from '../support/page/phone-page.js';
import {CALLERS, CAMERA_TONE, Crew, PATROL, SAMPLE_TONE, toneOf, type Number} from '../support/shift/crew.js';
import {NAMES, part, type Hand} from '../support/shift/hand.js';
import {
  hasInOrder,
  journalOf,
  rollCallsOf,
  sheetOf,
  verified,
  type JournalExport,
  type RowFacts,
} from '../support/shift/journal-rows.js';
import {KeyboardHand} from '../support/shift/keyboard-hand.js';
import {walks} from '../support/shift/lasso.js';
import {MouseHand} from '../support/shift/mouse-hand.js';

const DESK = '1001';
const TONE = toneOf(DESK);
const [ALL_HANDS, PATROL_GROUP] = ['9001', '9002'];
const CAMERA = '1020';
const TEXT = 'Gate 4 is <b>closed</b>';
/** What a report begins with may be a formula for a spreadsheet. */
const REPORT = '=gate "4", is open';
const COMMENT = 'Gate 4 opens at six.';
/** Of the patrol: the north, and the south. */
const [NORTH, SOUTH] = [PATROL.slice(0, 3), ['1013', '1014', '1015'] as const];
/** Somebody of the patrol, who walks their rounds. */
const WALKER = '1011';
/** What the journal has of the only roll call. */
const ROLL = [['1013 answered', '1014 declined', '1015 aborted']];

for (const handOf of [MouseHand, KeyboardHand])
  describe(`a shift at the desk by ${new handOf(undefined as never).name}`, () => {
    let crew: Crew;
    let desk: Page;
    let hand: Hand;
    let downloads: DownloadFolder;
    let exported: Buffer;

    /** What an element of the desk says. */
    const saysAt = (selector: string, words: string | RegExp): Promise<void> =>
      until(
        async () =>
          await desk
            .$$eval(selector, (all) =>
              all.map(
                (each) => `${each.getAttribute('aria-label') ?? ''} ${(each as HTMLElement).innerText}`,
              ),
            )
            .then((texts) => texts.some((text) => new RegExp(words).test(text))),
        60_000,
        () => `${selector} says ${String(words)}`,
      );
    const gone = (selector: string): Promise<void> =>
      until(
        async () => (await desk.$(selector)) === null,
        60_000,
        () => `${selector} is gone`,
      );
    /** Waits until a video of the desk shows new frames. */
    const moves = (selector: string): Promise<void> =>
      until(
        () =>
          desk.$$eval(selector, async ([video]) => {
            if (!video) return false;
            for (let count = 0; count < 3; count += 1)
              await new Promise((resolve) => (video as HTMLVideoElement).requestVideoFrameCallback(resolve));
            return (video as HTMLVideoElement).videoWidth > 0;
          }),
        60_000,
        () => `${selector} moves`,
      );
    /** Waits until these alone are selected on the map. */
    const chosenOnMap = (...numbers: readonly string[]): Promise<void> =>
      until(
        async () =>
          (await desk.$eval('sip-console >>> sip-map', (map) =>
            [...(map as any).selection].sort().join(),
          )) === numbers.join(),
      );
    /** The rows that the journal shows, the newest first. */
    const listed = (): Promise<readonly string[]> =>
      desk.$$eval(part.journal('[part=row]'), (all) => all.map((row) => (row as HTMLElement).dataset['id']!));
    const rows = async (): Promise<JournalExport> => JSON.parse(await journalOf(desk)) as JournalExport;

    /** What the steps before have left is what the next one begins with. */
    let failed = false;
    const step = (name: string, run: () => Promise<void>): void =>
      void it(name, async () => {
        assert.ok(!failed, 'A step before has failed.');
        failed = true;
        await run();
        failed = false;
      });

    before(async () => {
      crew = await Crew.open();
      ({desk} = crew);
      hand = new handOf(desk);
      downloads = await DownloadFolder.open(crew.site.browser);
      await crew.joins('1005', ALL_HANDS);
      await crew.joins('1031', PATROL_GROUP);
    });
    after(async () => {
      await downloads.close();
      await crew.close();
    });

    step('joins two talk groups', async () => {
      await hand.joinsGroups();
    });

    step(
      'calls six people into a conference from a selection; one declines, and is called again',
      async () => {
        await hand.selectsPeople('101', PATROL);
        await saysAt(part.directory('[part=selection-count]'), /^ ?6 selected$/);
        await hand.acts('conference');
        await crew.rings(...PATROL);
        const [decliner, ...others] = ['1012', ...PATROL.filter((number) => number !== '1012')] as Number[];
        await crew.hangUp(decliner!);
        await crew.answer(...others);
        await saysAt(part.member('1012'), 'Declined');
        await hand.callsAgain('1012');
        await crew.rings('1012');
        await crew.answer('1012');
        await crew.hears('1012', [TONE, toneOf('1015')], [toneOf('1012')]);
        await crew.hears('1015', [TONE, toneOf('1012')]);
      },
    );

    step('watches a camera beside the conference', async () => {
      await hand.selectsPeople(CAMERA, [CAMERA]);
      await hand.acts('watch');
      await moves(part.tile(CAMERA, 'sip-video >>> video'));
      await hand.divides();
      await shown(desk, part.member('1010'));
      await moves(part.tile(CAMERA, 'sip-video >>> video'));
    });

    step('talks to both groups by one press, which the conference does not hear', async () => {
      const ends = await hand.talks();
      await crew.hearsInGroup('1005', ALL_HANDS, true);
      await crew.hearsInGroup('1031', PATROL_GROUP, true);
      await crew.hears('1010', [toneOf('1011')], [TONE]);
      await moves(part.tile(CAMERA, 'sip-video >>> video'));
      await ends();
      await crew.hearsInGroup('1005', ALL_HANDS, false);
      await crew.hearsInGroup('1031', PATROL_GROUP, false);
      await crew.hears('1010', [TONE]);
    });

    step('pulls the camera into the conference, whose members hear it', async () => {
      await hand.invitesCamera(CAMERA);
      await crew.hears('1013', [CAMERA_TONE, TONE]);
      await moves(part.conference('sip-conference-tile >>> video.playing'));
    });

    step(
      'has five calls wait, one of them an SOS, without anything that moves or is inaccessible',
      async () => {
        for (const number of CALLERS.slice(1)) {
          await crew.forgets(number);
          await crew.call(number, DESK, number === '1004' ? 'urgent' : undefined);
        }
        await crew.call('1003', DESK, 'sos');
        await saysAt(part.desk('[part~=waiting]'), '4');
        await saysAt(part.desk('[part~=sos]'), '1');
        assert.deepEqual(await audit(desk), []);
      },
    );

    step('answers the SOS, acknowledges it, and is back in the conference by one press', async () => {
      await hand.answersFirst();
      await nextEvent(crew.page('1003'), 'sip-call-answered');
      await crew.hears('1003', [TONE]);
      await crew.hears('1010', [toneOf('1011')], [TONE]);
      await shown(desk, part.queue('[part=alarm]'));
      await hand.acknowledges();
      await gone(part.queue('[part=alarm]'));
      await hand.returns();
      await nextEvent(crew.page('1003'), 'sip-call-hangup');
      await crew.hears('1010', [TONE]);
    });

    step('answers the urgent call, declines one, speaks to another; one has hung up', async () => {
      await hand.answersFirst();
      await nextEvent(crew.page('1004'), 'sip-call-answered');
      await crew.hears('1004', [TONE]);
      await hand.hangsUp('1004');
      await nextEvent(crew.page('1004'), 'sip-call-hangup');
      await crew.hears('1010', [TONE]);
      await hand.declines('1005');
      const {cause} = await nextEvent(crew.page('1005'), 'sip-call-hangup');
      assert.equal(cause.code, 'declined');
      await crew.hangUp('1008');
      await hand.answersFirst();
      await nextEvent(crew.page('1007'), 'sip-call-answered');
      await crew.hears('1007', [TONE]);
      await hand.hangsUp('1007');
      await nextEvent(crew.page('1007'), 'sip-call-hangup');
      await hand.resumes();
      await crew.hears('1010', [TONE]);
      // What the calls have brought to the front is gone with them: conference and wall are beside each other again.
      for (const pane of ['conference', 'wall'])
        await shown(desk, part.desk(`#tab-${pane}[aria-selected=true]`));
    });

    step('loses nothing when its page is killed: it is in the conference and the groups again', async () => {
      const before = await rows();
      await crashes(desk);
      await crew.isAtWork();
      await crew.hears('1010', [TONE]);
      await crew.hears('1015', [TONE, CAMERA_TONE]);
      for (const place of [1, 2]) await shown(desk, part.group(place, '.tile.selected.idle'));
      await shown(desk, part.member('1010'));
      await moves(part.tile(CAMERA, 'sip-video >>> video'));
      const now = await rows();
      assert.deepEqual(now.rows.slice(0, before.count), before.rows);
      hasInOrder(now.rows.slice(before.count), ['session returned', /^conference .*continued$/]);
    });

    step('ends the conference, and broadcasts a file to a group', async () => {
      await crew.forgets(...PATROL, '1031');
      await hand.endsForAll();
      await Promise.all(PATROL.map((number) => nextEvent(crew.page(number), 'sip-call-hangup')));
      await hand.selectsGroup('north', '8210');
      await hand.acts('broadcast');
      assert.deepEqual(await crew.rings(...NORTH, '1031'), Array(4).fill('broadcast'));
      await crew.hangUp('1031');
      await crew.answer(...NORTH);
      await hand.playsFile('sample-sound');
      await Promise.all(NORTH.map((number) => crew.hears(number, [SAMPLE_TONE])));
      await hand.endsForAll();
      await Promise.all(NORTH.map((number) => nextEvent(crew.page(number), 'sip-call-hangup')));
    });

    step('writes to a group', async () => {
      await hand.selectsGroup('south', '8220');
      await hand.acts('text');
      await hand.writes(TEXT);
      for (const number of SOUTH) {
        const {message} = await nextEvent(crew.page(number), 'sip-message-received');
        assert.deepEqual([message.text, message.from], [TEXT, DESK]);
      }
    });

    step('follows somebody on the map, whose marker goes where they go', async () => {
      await hand.opensMap();
      await hand.choosesOneOnMap(WALKER);
      await chosenOnMap(WALKER);
      await walks(desk, WALKER, 6, () => hand.fitsMap());
      await hand.clearsMap();
      await chosenOnMap();
    });

    step('chooses three people on the map, and calls them', async () => {
      await hand.choosesOnMap(NORTH);
      await chosenOnMap(...NORTH);
      await crew.forgets(...NORTH);
      await hand.confersFromMap();
      await crew.rings(...NORTH);
      await crew.answer(...NORTH);
      await Promise.all(NORTH.map((number) => crew.hears(number, [TONE])));
      await hand.endsForAll();
      await Promise.all(NORTH.map((number) => nextEvent(crew.page(number), 'sip-call-hangup')));
    });

    step('calls the roll of three people in turn: one answers, one declines, one is skipped', async () => {
      const [present, decliner, skipped] = SOUTH;
      await crew.forgets(...SOUTH);
      await hand.selectsPeople('101', SOUTH);
      await hand.acts('roll');
      await crew.rings(present);
      await crew.answer(present);
      await crew.hears(present, [TONE]);
      await hand.goesOn();
      await crew.rings(decliner);
      await crew.hangUp(decliner);
      await crew.rings(skipped);
      await saysAt(part.rollCall(`[data-number="${decliner}"]`), 'Declined');
      await hand.goesOn();
      await nextEvent(crew.page(skipped), 'sip-call-hangup');
      await saysAt(part.rollCall('b'), '^ ?Roll call: 1 of 3 present$');
      await until(async () => rollCallsOf((await rows()).rows).length > 0);
    });

    step('repeats what was said last', async () => {
      await desk.waitForFunction(() => document.querySelector('sip-client')!.client!.recall.state.active);
      await crew.floor('1031', PATROL_GROUP, async () => {
        await until(async () =>
          (await recalled()).some(({number, seconds}) => number === '1031' && seconds >= 2),
        );
      });
      await until(async () => (await recalled()).every(({running}) => !running));
      await bring(desk, 'recall');
      await desk.evaluate(() => ((window as any).again = (globalThis as any).recall.watchFiles()));
      await hand.repeats();
      await desk.waitForFunction(
        (tone) => Math.abs(((window as any).again.sound?.frequency ?? 0) - tone) < 15,
        {},
        toneOf('1031'),
      );
      await desk.evaluate(() => (window as any).again.restore());
    });

    step('listens in to a call, and barges in', async () => {
      await crew.forgets('1003', '1004');
      await crew.call('1003', '1004');
      await crew.rings('1004');
      await crew.answer('1004');
      await hand.listensIn('1003');
      await crew.hasLines('1003 answered');
      await saysAt(part.call('[part~=stage]'), 'hear you');
      await crew.hears('1004', [toneOf('1003')], [TONE]);
      await hand.bargesIn();
      for (const [number, other] of [
        ['1003', '1004'],
        ['1004', '1003'],
      ] as const)
        await crew.hears(number, [TONE, toneOf(other)]);
      await hand.endsCall();
      await crew.hears('1004', [toneOf('1003')], [TONE]);
      await crew.hangUp('1003');
    });

    step('finds a person and a text in the journal', async () => {
      await crew.page('1005').evaluate(async (text) => {
        await document.querySelector('sip-client')!.client!.messages.send('1001', text);
      }, REPORT);
      await until(async () =>
        (await rows()).rows.some(({event, kind}) => kind === 'text' && event === 'received'),
      );
      for (const [text, isFound] of [
        ['okafor', ({number, person}: RowFacts) => [number, person].includes('1005')],
        ['gate 4', ({text = ''}: RowFacts) => /gate 4/i.test(text)],
      ] as const) {
        await hand.searchesJournal(text);
        const found = (await rows()).rows.filter(isFound);
        const wanted = found.map(({id}) => id!).reverse();
        assert.ok(wanted.length > 1);
        await until(
          async () => (await listed()).join() === wanted.join(),
          20_000,
          () => `the journal has ${wanted.length} rows with ${text}`,
        );
      }
    });

    step('exports the journal for spreadsheets, and for a program that verifies it offline', async () => {
      const {count} = await rows();
      await hand.exportsJournal('csv');
      const sheet = await downloads.file(/\.csv$/);
      await hand.exportsJournal('json');
      exported = await downloads.file(/\.json$/);
      assert.match(await verified(exported), /^Valid: \d+ rows/);
      const all = (JSON.parse(String(exported)) as JournalExport).rows;
      const lines = sheetOf(sheet);
      assert.ok(lines.length >= count, `${lines.length} of ${count} rows`);
      // A spreadsheet would compute the text of a stranger that begins like that.
      const shown = (text = ''): string => text.replace(/^=/, "'=");
      assert.deepEqual(
        lines.map(({seq, kind, event, number, person, text, hash}) => [
          ...[seq, kind, event, number, person, text, hash],
        ]),
        all
          .slice(0, lines.length)
          .map(({seq, kind, event, number = '', person = '', text, hash}) => [
            ...[String(seq), kind, event, number, person, shown(text), hash],
          ]),
      );
      assert.ok(lines.some(({text, shownName}) => text === shown(REPORT) && shownName === NAMES['1005']));
      assert.ok(
        lines.some(
          ({kind, people = ''}) => kind === 'roll-call' && /1013 answered .*1014 declined /.test(people),
        ),
      );
    });

    step('hands over; the next user takes over', async () => {
      await hand.handsOver(COMMENT);
      await shown(desk, part.desk('[part~=locked]'));
      await hand.signsIn('1002', '1234');
      await saysAt(part.desk('[part~=hand-over-panel]'), 'Gate 4 opens at six');
      await hand.takesOver();
      await gone(part.desk('[part~=hand-over-panel]:popover-open'));
      hasInOrder((await rows()).rows, ['session signed-in', 'session 1001 taken-over']);
    });

    step('has all of the shift in its journal, in order', async () => {
      await desk.evaluate(() =>
        Object.assign(document.querySelector('sip-client')!, {user: '1001', password: '1234'}),
      );
      await crew.isAtWork();
      const known = JSON.parse(String(exported)) as JournalExport;
      const journal = await journalOf(desk);
      assert.match(await verified(Buffer.from(journal), known), /^Valid: /);
      const {rows: all} = JSON.parse(journal) as JournalExport;
      hasInOrder(all, [
        'session signed-in',
        `intercom ${PATROL_GROUP} answered`,
        /^conference \S* ?began$/,
        'conference 1012 refused declined',
        'conference 1012 joined',
        `monitor ${CAMERA} answered`,
        `intercom ${DESK} floor`,
        `intercom ${DESK} floor-ended`,
        `conference ${CAMERA} joined`,
        'urgent 1004 began',
        'sos 1003 began',
        'sos 1003 answered',
        `acknowledgement 1003 by ${DESK} written`,
        'sos 1003 ended',
        'urgent 1004 answered',
        'urgent 1004 ended',
        'single 1005 ended declined',
        'single 1008 ended cancelled',
        'single 1007 answered',
        'single 1007 ended',
        'session returned',
        /^conference \S* ?continued$/,
        /^conference \S* ?ended$/,
        'broadcast 1031 refused declined',
        /^broadcast \S* ?played “sample-sound.ogg”$/,
        /^broadcast \S* ?ended$/,
        `text 1013 sent “${TEXT}”`,
        /^conference \S* ?began$/,
        'conference 1011 joined',
        /^conference \S* ?ended$/,
        'single 1013 answered',
        'single 1014 ended declined',
        'roll-call ended',
        'intercom 1031 floor',
        'intercom 1031 floor-ended',
        'listen-in 1003 answered',
        'listen-in 1003 ended',
        'barge-in 1003 answered',
        'barge-in 1003 ended',
        `text 1005 received “${REPORT}”`,
        'session handed-over',
        'session signed-out',
        'session signed-in',
      ]);
      assert.deepEqual(rollCallsOf(all), ROLL);
      // Each member joined once, although the page was killed, and nobody has the name of another.
      const first = all.find(({kind}) => kind === 'conference')!.call;
      const joined = all.filter(({call, event}) => call === first && event === 'joined');
      assert.deepEqual(joined.map(({person}) => person).sort(), [...PATROL, CAMERA]);
      for (const row of all)
        for (const [who, called] of [
          [row.person, row.personName],
          [row.number, row.name],
        ] as const)
          if (who && who in NAMES && called) assert.equal(called, NAMES[who as Number], JSON.stringify(row));
    });

    step('makes the pages complain of nothing', async () => {
      // The recall takes the samples of what is heard from one.
      const others = crew.site.complaints.filter(
        (text) => !text.includes('ScriptProcessorNode is deprecated'),
      );
      assert.deepEqual(others, []);
    });

    const recalled = (): Promise<readonly {number: string; seconds: number; running: boolean}[]> =>
      desk.evaluate(() =>
        document
          .querySelector('sip-client')!
          .client!.recall.utterances.map(({speaker, remote, duration, running}: any) => ({
            number: speaker?.number ?? remote.number,
            seconds: duration,
            running,
          })),
      );
  });
