import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {until} from '../../support/in-page/facts.js';
import {receives} from '../../support/page/measure.js';
import {fill, press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const PART = 'sip-directory >>> [part~=';
const TREE = `${PART}tree]`;

/** The text of each row. */
const rows = (page: Page): Promise<string[]> =>
  page.$$eval(`${PART}row]`, (found) =>
    found.map((row) => row.shadowRoot!.textContent!.replace(/\s+/g, ' ').trim()),
  );

/** Resolves with the text of a row that contains all of this. */
async function says(page: Page, ...texts: string[]): Promise<string> {
  for (;;) {
    const row = (await rows(page)).find((text) => texts.every((each) => text.includes(each)));
    if (row) return row;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The text of the row where the cursor is, as the tree names it to assistive technology. */
const cursor = (page: Page): Promise<string> =>
  page.$eval(TREE, (tree) => {
    const id = tree.getAttribute('aria-activedescendant')!;
    const row = (tree.getRootNode() as ShadowRoot).getElementById(id);
    return row!.shadowRoot!.textContent!.replace(/\s+/g, ' ').trim();
  });

/** Presses keys one after the other; the cursor’s row says the text then. */
async function keys(page: Page, keys: readonly string[], text: string): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key as 'Enter');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await until(async () => (await cursor(page)).includes(text));
}

describe('<sip-directory> and the development server', () => {
  let site: Site;
  let desk: Page;
  before(async () => {
    site = await openSite({positionInterval: 300});
    const inside = '<main><h1>Desk</h1><sip-directory></sip-directory><sip-call></sip-call></main>';
    desk = await onlinePage(site, {user: '1001', inside});
    await desk.evaluate(() => {
      document.documentElement.lang = 'en';
      document.title = 'Desk';
    });
  });
  after(() => site.close());

  it('shows the server’s groups and people, by the keyboard alone', async () => {
    await shown(desk, TREE);
    await says(desk, '安防 Security');
    await desk.focus(TREE);
    await keys(desk, ['Home'], '东港指挥中心 Harbor command');
    await keys(desk, ['ArrowRight'], '调度部 Dispatch');
    await keys(desk, ['ArrowRight'], '调度部 Dispatch');
    await says(desk, '白班 Day shift');
    await keys(desk, ['ArrowRight'], '白班 Day shift');
    await keys(desk, ['ArrowRight'], '白班 Day shift');
    await says(desk, '李雷', '1002');
    await keys(desk, ['ArrowRight'], '王芳');
    await keys(desk, ['ArrowDown'], '李雷');
    await keys(desk, ['ArrowLeft', 'ArrowLeft'], '白班 Day shift');
    assert.ok(!(await rows(desk)).some((text) => text.includes('李雷')));
    await keys(desk, ['ArrowLeft'], '调度部 Dispatch');
    assert.deepEqual(await audit(desk), []);
  });

  it('finds people by a part of the name, and calls one, whose page rings', async () => {
    await fill(desk, `${PART}search]`, '王');
    await says(desk, '王磊', '1028', 'Offline');
    assert.deepEqual(
      (await rows(desk)).map((text) => /\d{4}/.exec(text)?.[0]),
      ['1001', '1028'],
    );
    const other = await onlinePage(site, {user: '1028'});
    await says(desk, '王磊', 'Available');
    await press(desk, `${PART}row] >>> [part~=call]`);
    const ring = await nextEvent(other, 'sip-call-received');
    assert.equal(ring.remote.number, '1001');
    await other.evaluate(() => (window as any).call.answer());
    await Promise.all([
      receives(desk, 'sip-client', {frames: 0, energy: 0.01}),
      receives(other, 'sip-client', {frames: 0, energy: 0.01}),
    ]);
    await says(desk, '王磊', 'In a call');
    assert.deepEqual(await audit(desk), []);
    await other.evaluate(() => (window as any).call.hangup());
    await says(desk, '王磊', 'Available');
    await other.close();
    await says(desk, '王磊', 'Offline');
  });

  it('shows where somebody was last, and where he goes once the page follows him', async () => {
    await fill(desk, `${PART}search]`, '1010');
    const first = await says(desk, '1010', '29.');
    await desk.evaluate(() => (document.querySelector('sip-client') as any).directory.follow(['1010']));
    await until(async () => (await says(desk, '1010', '29.')) !== first);
  });

  it('shows a camera that is watched', async () => {
    await fill(desk, `${PART}search]`, '1020');
    await says(desk, 'Warehouse camera', 'Available');
    await press(desk, `${PART}row] >>> [part~=video]`);
    await until(() =>
      desk.evaluate(
        () => (document.querySelector('sip-client') as any).calls.at(-1)?.state.phase === 'answered',
      ),
    );
    await receives(desk, 'sip-client', {frames: 10, energy: 0.02});
    await says(desk, 'Warehouse camera', 'In a call');
    await desk.evaluate(() => (document.querySelector('sip-client') as any).calls.at(-1).hangup());
    await says(desk, 'Warehouse camera', 'Available');
  });

  it('makes the page complain of nothing', () => assert.deepEqual(site.complaints, []));
});
