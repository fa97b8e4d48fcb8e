import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {audit} from '../support/page/audit.js';
import {crashes} from '../support/page/crash.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, fillPage, nextEvent, onlinePage, phonePage} from '../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';

const INSIDE =
  '<main><h1>Desk</h1><sip-directory dense selectable></sip-directory><sip-journal></sip-journal></main>';
const TONE = 440;
/** One answers, one declines, one does not answer. */
const [PRESENT, DECLINES, SILENT] = ['1010', '1011', '1012'] as const;

const SEARCH = 'sip-directory >>> [part=search]';
const rowOf = (key: string): string => `sip-directory >>> [part=row][data-key*="${key}"]`;
const REPORT = 'sip-directory >>> [part=selection-report][data-kind=roll]';
const line = (number: string): string => `${REPORT} [data-number="${number}"]`;
const button = (name: string): string => `${REPORT} button[aria-label="${name}"]`;

describe('a roll call', () => {
  let site: Site;
  let desk: Page;
  let pages: readonly Page[];

  const text = (selector: string): Promise<string> =>
    desk
      .$eval(selector, (found) => (found as HTMLElement).innerText.replace(/\s+/g, ' '))
      .catch(() => 'nothing');
  const says = (selector: string, wanted: RegExp): Promise<void> =>
    until(async () => wanted.test(await text(selector)));
  /** The rows of the journal about roll calls, as they are stored. */
  const rollCalls = (): Promise<any[]> =>
    desk.evaluate(async () => {
      const journal = await document.querySelector('sip-client')!.client!.openJournal();
      await journal.written();
      return journal.rows.filter(({kind}) => kind === 'roll-call');
    });
  const resultsOf = (row: any): readonly string[] =>
    row.people.map(({number, result}: {number: string; result: string}) => `${number} ${result}`);
  const events = (page: Page): Promise<number> => page.evaluate(() => (window as any).events.length);

  before(async () => {
    site = await openSite();
    desk = await phonePage(site, {
      user: '1001',
      attributes: 'journal-storage="local"',
      inside: INSIDE,
      prepare: (page) => page.setViewport({width: 1280, height: 900}),
    });
    await desk.evaluate(() => (document.documentElement.lang = 'en'));
    await sendsSignals(desk, {tone: TONE, halves: BLACK});
    await goOnline(desk);
    pages = await Promise.all([PRESENT, DECLINES, SILENT].map((user) => onlinePage(site, {user})));
    await shown(desk, rowOf('1017'));
  });
  after(() => site.close());

  /** Selects the three in the directory, and begins to call them in turn. */
  const callRoll = async (): Promise<void> => {
    await (await shown(desk, SEARCH)).focus();
    await desk.keyboard.type('101');
    for (const number of [PRESENT, DECLINES, SILENT]) {
      await shown(desk, rowOf(number));
      await press(desk, `${rowOf(number)} >>> [part=select]`);
    }
    await press(desk, 'sip-directory >>> [data-action=roll]');
  };

  it('calls three in turn: one answers, one declines, one does not answer', async () => {
    await callRoll();
    // The shortest time.
    await shown(desk, REPORT);
    await desk.$eval(`${REPORT} select`, (select) => {
      (select as HTMLSelectElement).value = '10';
      select.dispatchEvent(new Event('change'));
    });
    const [first, second, third] = pages;
    await nextEvent(first!, 'sip-call-received');
    assert.match(await text(line(DECLINES)), /Waiting/);
    await first!.evaluate(() => (window as any).call.answer());
    await says(line(PRESENT), /Present/);
    await hearsTones(first!, [TONE]);
    assert.equal(await events(second!), 0, 'one at a time');
    assert.deepEqual(await audit(desk), []);
    // The button has the focus: one key goes on.
    await desk.keyboard.press('Enter');
    await nextEvent(second!, 'sip-call-received');
    await second!.evaluate(() => (window as any).call.hangup());
    await nextEvent(third!, 'sip-call-received');
    await says(line(DECLINES), /Declined/);
    const rang = Date.now();
    await nextEvent(third!, 'sip-call-hangup');
    const waited = Date.now() - rang;
    assert.ok(waited > 8_000 && waited < 15_000, `It rang for ${waited} ms.`);
    await says(`${REPORT} b`, /^Roll call: 1 of 3 present$/);
    await says(line(SILENT), /No answer/);
    assert.deepEqual(await audit(desk), []);
  });

  it('is one row of the journal, with everybody', async () => {
    await until(async () => (await rollCalls()).length === 1);
    const [row] = await rollCalls();
    assert.equal(row.event, 'ended');
    assert.deepEqual(resultsOf(row), [`${PRESENT} answered`, `${DECLINES} declined`, `${SILENT} no-answer`]);
    const times = row.people.map(({time}: {time: number}) => time);
    assert.deepEqual(times, [...times].sort(), 'in the order of the calls');
    await says('sip-journal >>> [part=row]', /Roll call.*1 of 3 present.*Absent:/);
    await press(desk, 'sip-journal >>> [part=people]');
    const person = (number: string): string => `sip-journal >>> [part=people-list] [data-number="${number}"]`;
    await says(person(PRESENT), /Present \d/);
    await says(person(DECLINES), /Declined \d/);
    await says(person(SILENT), /No answer \d/);
    assert.deepEqual(await audit(desk), []);
    await press(desk, 'sip-journal >>> [part=people-close]');
  });

  it('calls only the absent again by one press, and notes that beside the first row', async () => {
    const [first, second, third] = pages;
    await Promise.all(pages.map((page) => page.evaluate(() => ((window as any).events.length = 0))));
    await press(desk, button('Call absent again'));
    await nextEvent(second!, 'sip-call-received');
    await second!.evaluate(() => (window as any).call.answer());
    await says(line(DECLINES), /Present/);
    // The other side ends the call: the next one is called without a press.
    await second!.evaluate(() => (window as any).call.hangup());
    await nextEvent(third!, 'sip-call-received');
    await third!.evaluate(() => (window as any).call.answer());
    await says(line(SILENT), /Present/);
    await third!.evaluate(() => (window as any).call.hangup());
    await says(`${REPORT} b`, /^Roll call: 3 of 3 present$/);
    assert.equal(await events(first!), 0, 'who was present is not called again');
    await until(async () => (await rollCalls()).length === 2);
    const [before, again] = await rollCalls();
    assert.deepEqual([again.event, again.of], ['repeated', before.id]);
    assert.deepEqual(
      resultsOf(again),
      [PRESENT, DECLINES, SILENT].map((number) => `${number} answered`),
    );
    assert.equal(again.people[0].time, before.people[0].time);
  });

  it('goes on without the bar, is shown by the next one, and can be stopped', async () => {
    const [first, second] = pages;
    await Promise.all(pages.map((page) => page.evaluate(() => ((window as any).events.length = 0))));
    await press(desk, button('Close'));
    for (const number of [PRESENT, DECLINES, SILENT]) await press(desk, `${rowOf(number)} >>> [part=select]`);
    await press(desk, 'sip-directory >>> [data-action=roll]');
    await nextEvent(first!, 'sip-call-received');
    await desk.evaluate(() => document.querySelector('sip-directory')!.remove());
    await first!.evaluate(() => (window as any).call.hangup());
    await nextEvent(second!, 'sip-call-received');
    await desk.evaluate(() =>
      document
        .querySelector('h1')!
        .insertAdjacentHTML('afterend', '<sip-directory dense selectable></sip-directory>'),
    );
    await says(line(PRESENT), /Declined/);
    await press(desk, button('Stop'));
    await nextEvent(second!, 'sip-call-hangup');
    await says(line(SILENT), /Not called/);
    await until(async () => (await rollCalls()).length === 3);
    const row = (await rollCalls())[2];
    assert.deepEqual([row.event, row.cause], ['ended', 'aborted']);
    assert.deepEqual(resultsOf(row), [`${PRESENT} declined`, `${DECLINES} aborted`, `${SILENT} not-called`]);
  });

  it('leaves its row, with what was known, if its page is killed', async () => {
    const [first, second] = pages;
    await Promise.all(pages.map((page) => page.evaluate(() => ((window as any).events.length = 0))));
    await press(desk, button('Close'));
    // The directory is a new one.
    await callRoll();
    await nextEvent(first!, 'sip-call-received');
    await first!.evaluate(() => (window as any).call.answer());
    await says(line(PRESENT), /Present/);
    await first!.evaluate(() => (window as any).call.hangup());
    await nextEvent(second!, 'sip-call-received');
    await says(line(DECLINES), /Ringing/);
    await crashes(desk);
    await fillPage(desk, {user: '1001', attributes: 'journal-storage="local"', inside: INSIDE});
    await goOnline(desk);
    await until(async () => (await rollCalls()).length === 4);
    const row = (await rollCalls())[3];
    assert.deepEqual([row.event, row.cause], ['ended', 'call-lost']);
    assert.deepEqual(resultsOf(row), [
      `${PRESENT} answered`,
      `${DECLINES} call-lost`,
      `${SILENT} not-called`,
    ]);
    await says('sip-journal >>> [part=panel]', /1 of 3 present.*Interrupted · Absent/);
    const left = await desk.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.includes('running-roll-call')),
    );
    assert.deepEqual(left, []);
    await second!.evaluate(() => (window as any).call.hangup());
  });

  it('is in the files of the journal, whose chain is right after a reload', async () => {
    await fillPage(desk, {user: '1001', attributes: 'journal-storage="local"', inside: INSIDE});
    await goOnline(desk);
    const {valid, json, csv} = await desk.evaluate(async () => {
      const journal = await document.querySelector('sip-client')!.client!.openJournal();
      const [json, csv] = await Promise.all(
        (['json', 'csv'] as const).map(async (format) => (await journal.export(format)).text()),
      );
      return {valid: (await journal.verify()).valid, json: json!, csv: csv!};
    });
    assert.equal(valid, true);
    const rows = JSON.parse(json).rows.filter(({kind}: {kind: string}) => kind === 'roll-call');
    assert.equal(rows.length, 4);
    assert.match(csv, new RegExp(`"[^"]* ${PRESENT} answered \\d{4}-[^";]*Z; [^"]*${DECLINES} declined `));
    await says('sip-journal >>> [part=panel]', /1 of 3 present.*|3 of 3 present/);
  });

  it('makes the pages complain of nothing', () => assert.deepEqual(site.complaints, []));
});
