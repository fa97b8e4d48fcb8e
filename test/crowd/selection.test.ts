import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {KeyInput, Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {audit} from '../support/page/audit.js';
import {DESK_TONE, fillDesk, forgetEvents, openDesk, type Desk} from '../support/desk/desk.js';
import {press, shown} from '../support/page/parts.js';
import {nextEvent} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';

/** The desk without an element that shows conferences, and with one. */
const ALONE = '<sip-directory dense selectable></sip-directory>';
const INSIDE = `${ALONE}<sip-conference></sip-conference>`;
/** The people of the patrol: three of the north, three of the south. */
const PATROL = ['1010', '1011', '1012', '1013', '1014', '1015'];
const NORTH = PATROL.slice(0, 3);

const SEARCH = 'sip-directory >>> [part=search]';
const rowOf = (key: string): string => `sip-directory >>> [part=row][data-key*="${key}"]`;
const action = (name: string): string => `sip-directory >>> [data-action=${name}]`;

describe('people who are selected in a <sip-directory>', () => {
  let site: Desk['site'];
  let desk: Page;
  let pages: Desk['pages'];

  const pagesOf = (numbers: readonly string[]): readonly Page[] =>
    numbers.map((number) => pages.get(number)!);

  /** Opens the desk with these elements; waits for its directory. */
  async function open(inside: string): Promise<void> {
    await fillDesk(desk, inside);
    await shown(desk, rowOf('1017'));
  }
  async function search(text: string): Promise<void> {
    await (await shown(desk, SEARCH)).focus();
    await desk.$eval(SEARCH, (field) => (field as HTMLInputElement).select());
    await desk.keyboard.type(text);
  }
  /** The texts of the bar. */
  const selected = (): Promise<string> =>
    desk.$eval('sip-directory >>> [part=selection-count]', (count) => (count as HTMLElement).innerText);
  /** Waits until something has the focus, as Tab leads there. */
  async function tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < 12; presses += 1) {
      if (await desk.$(`${selector}:focus`)) return;
      await desk.keyboard.press('Tab');
    }
    assert.fail(`Tab does not lead to ${selector}.`);
  }
  const keys = async (...names: readonly KeyInput[]): Promise<void> => {
    for (const name of names) {
      await desk.keyboard.press(name);
      await desk.evaluate(() => new Promise(requestAnimationFrame));
    }
  };
  /** Selects six people by the mouse. */
  async function byMouse(): Promise<void> {
    await search('101');
    for (const [index, number] of PATROL.entries()) {
      const row = rowOf(number);
      await shown(desk, row);
      if (index === 0) await press(desk, `${row} >>> [part=select]`);
      else {
        await desk.keyboard.down('Control');
        await press(desk, row);
        await desk.keyboard.up('Control');
      }
    }
  }
  /** The same by keys alone. */
  async function byKeyboard(): Promise<void> {
    await search('101');
    await shown(desk, rowOf('1015'));
    await keys('ArrowDown', 'Space');
    await desk.keyboard.down('Shift');
    await keys('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await desk.keyboard.up('Shift');
  }
  /** Selects the group of the north by keys. */
  async function selectNorth(): Promise<void> {
    await search('north');
    await shown(desk, `sip-directory >>> [part=row].group[data-key*="8210"]`);
    await keys('ArrowDown', 'Space');
    await until(async () => (await selected()) === '1 selected');
  }
  /** The state of somebody in a list of members, or of the bar. */
  const stateOf = (selector: string): Promise<string> =>
    desk.$eval(selector, (row) => (row.getAttribute('aria-label') ?? '') + (row as HTMLElement).innerText);
  const member = (number: string): string => `sip-conference >>> [part=member][data-number="${number}"]`;
  const line = (number: string): string =>
    `sip-directory >>> [part=selection-report] [data-number="${number}"]`;

  const reportTitle = (): Promise<string> =>
    desk.$eval('sip-directory >>> [part=selection-report] b', (title) => (title as HTMLElement).innerText);

  before(async () => void ({site, page: desk, pages} = await openDesk(PATROL)));
  after(() => site.close());

  for (const [how, select] of [
    ['the mouse', byMouse],
    ['the keyboard', byKeyboard],
  ] as const)
    it(`are six in a conference by ${how} and one press; one declines, and is called again`, async () => {
      await open(INSIDE);
      await select();
      await until(async () => (await selected()) === '6 selected');
      assert.deepEqual(await audit(desk), []);
      if (how === 'the mouse') await press(desk, action('conference'));
      else {
        await tabTo(action('conference'));
        await keys('Enter');
      }
      await Promise.all(pagesOf(PATROL).map((page) => nextEvent(page, 'sip-call-received')));
      assert.match(await stateOf(member('1013')), /Calling|Ringing/);
      const [decliner, ...others] = [
        ...pagesOf(['1012']),
        ...pagesOf(PATROL.filter((each) => each !== '1012')),
      ];
      await decliner!.evaluate(() => (window as any).call.hangup());
      for (const page of others) await page.evaluate(() => (window as any).call.answer());
      await Promise.all(others.map((page) => nextEvent(page, 'sip-call-answered')));
      await until(async () => (await stateOf(member('1012'))).includes('Declined'));
      await until(async () => /Connected|Speaking/.test(await stateOf(member('1010'))));
      await press(desk, `${member('1012')} >>> [part~=again]`);
      await nextEvent(decliner!, 'sip-call-received');
      await decliner!.evaluate(() => (window as any).call.answer());
      await hearsTones(decliner!, [DESK_TONE]);
      await until(async () => /Connected|Speaking/.test(await stateOf(member('1012'))));
      await desk.evaluate(() => document.querySelector('sip-conference')!.conference!.end());
      for (const page of [desk, ...pagesOf(PATROL)])
        await page.waitForFunction(() => document.querySelector('sip-client')!.calls.length === 0);
      await forgetEvents(pages.values());
    });

  it('shows in the bar who joins, where no other element does, and calls again', async () => {
    await open(ALONE);
    await selectNorth();
    await press(desk, action('conference'));
    const [first, second, third] = pagesOf(NORTH);
    await Promise.all(pagesOf(NORTH).map((page) => nextEvent(page, 'sip-call-received')));
    await first!.evaluate(() => (window as any).call.answer());
    await second!.evaluate(() => (window as any).call.hangup());
    await third!.evaluate(() => (window as any).call.answer());
    await until(async () => (await stateOf(line('1010'))).includes('Connected'));
    await until(async () => (await stateOf(line('1011'))).includes('Declined'));
    assert.deepEqual(await audit(desk), []);
    await press(desk, `${line('1011')} .again`);
    await nextEvent(second!, 'sip-call-received');
    await second!.evaluate(() => (window as any).call.answer());
    await until(async () => (await stateOf(line('1011'))).includes('Connected'));
    await desk.evaluate(() => (document.querySelector('sip-client')!.calls[0] as any).end());
    await desk.waitForFunction(() => document.querySelector('sip-client')!.calls.length === 0);
    await forgetEvents(pagesOf(NORTH));
  });

  it('hear a broadcast to their group, and get a text to it', async () => {
    await open(ALONE);
    await selectNorth();
    await press(desk, action('broadcast'));
    for (const page of pagesOf(NORTH)) {
      await nextEvent(page, 'sip-call-received');
      assert.equal(await page.evaluate(() => (window as any).call.type), 'broadcast');
      await page.evaluate(() => (window as any).call.answer());
    }
    for (const page of pagesOf(NORTH)) await hearsTones(page, [DESK_TONE]);
    await desk.evaluate(() => (document.querySelector('sip-client')!.calls[0] as any).end());
    await selectNorth();
    await press(desk, action('text'));
    await shown(desk, 'sip-directory >>> #text:focus');
    await desk.keyboard.type('Gate 4 is <b>closed</b>');
    await desk.keyboard.down('Control');
    await keys('Enter');
    await desk.keyboard.up('Control');
    for (const page of pagesOf(NORTH)) {
      const {message} = await nextEvent(page, 'sip-message-received');
      assert.equal(message.text, 'Gate 4 is <b>closed</b>');
    }
    for (const number of NORTH)
      await until(async () => /Delivered|Read|Sent/.test(await stateOf(line(number))));
    assert.deepEqual(await audit(desk), []);
  });

  it('are called one after the other, and again who declined', async () => {
    await open(ALONE);
    await selectNorth();
    await press(desk, action('call'));
    const [first, second, third] = pagesOf(NORTH);
    await nextEvent(first!, 'sip-call-received');
    await first!.evaluate(() => (window as any).call.hangup());
    await nextEvent(second!, 'sip-call-received');
    assert.match(await stateOf(line('1010')), /Declined/);
    assert.match(await stateOf(line('1012')), /Waiting/);
    await second!.evaluate(() => (window as any).call.answer());
    await until(async () => (await stateOf(line('1011'))).includes('Connected'));
    await second!.evaluate(() => (window as any).call.hangup());
    await nextEvent(third!, 'sip-call-received');
    await third!.evaluate(() => (window as any).call.answer());
    await until(async () => (await stateOf(line('1012'))).includes('Connected'));
    await third!.evaluate(() => (window as any).call.hangup());
    await press(desk, `${line('1010')} .again`);
    await nextEvent(first!, 'sip-call-received');
    await first!.evaluate(() => (window as any).call.answer());
    await until(async () => (await stateOf(line('1010'))).includes('Connected'));
    await first!.evaluate(() => (window as any).call.hangup());
    // The other four of the group are offline.
    await until(async () => (await reportTitle()) === 'Reached 3 of 7');
    assert.match(await stateOf(line('1031')), /Offline/);
    assert.deepEqual(await audit(desk), []);
  });

  it('makes the pages complain of nothing', () => assert.deepEqual(site.complaints, []));
});
