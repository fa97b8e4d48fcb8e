import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {drag} from '../../support/desk/drag.js';
import {shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

const DESK =
  '<main><h1>Desk</h1><sip-conference></sip-conference><sip-directory actions="invite"></sip-directory></main>';
const part = (name: string): string => `sip-conference >>> [part~=${name}]`;

/** Waits until these members are chosen in the form. */
async function chosen(page: Page, names: string): Promise<void> {
  const read = (): Promise<string[]> =>
    page.$$eval('sip-conference >>> [part=chosen] bdi', (names) => names.map((each) => each.textContent!));
  while ((await read()).join() !== names) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Searches the directory; returns a selector of the person's row. */
async function find(page: Page, number: string): Promise<string> {
  const search = await shown(page, 'sip-directory >>> [part=search]');
  await search.focus();
  await search.evaluate((field) => (field as HTMLInputElement).select());
  await page.keyboard.type(number);
  const row = `sip-directory >>> [part=row].person[data-key$="${number}"]`;
  await shown(page, row);
  return row;
}

describe('<sip-conference> beside a <sip-directory>', () => {
  let site: Site;
  let desk: Page;
  let others: Page[];

  before(async () => {
    site = await openSite();
    others = [await onlinePage(site, {user: '1002'}), await onlinePage(site, {user: '1003'})];
    desk = await onlinePage(site, {user: '1001', inside: DESK});
    await shown(desk, part('start'));
  });
  after(() => site.close());

  it('is brought the number and the name of whom the mouse drags from there', async () => {
    const carried = desk.evaluate(
      () =>
        new Promise<string[]>((resolve) =>
          addEventListener(
            'dragstart',
            ({dataTransfer}) => resolve(dataTransfer!.types.map((type) => dataTransfer!.getData(type))),
            {once: true},
          ),
        ),
    );
    await drag(desk, await find(desk, '1002'), 'h1');
    assert.deepEqual(await carried, ['1002', JSON.stringify({number: '1002', name: '李雷'})]);
  });

  // Firefox, as it is driven here, ends every drag without a drop.
  if (!IN_FIREFOX)
    it('takes whom is dropped there, until he is taken away', async () => {
      await drag(desk, await find(desk, '1002'), part('panel'));
      await chosen(desk, '李雷');
      await desk.focus(part('members-field'));
      await desk.keyboard.press('Backspace');
      await chosen(desk, '');
    });

  it('takes whom the keyboard sends', async () => {
    await desk.focus(`${await find(desk, '1002')} >>> [part=invite]`);
    await desk.keyboard.press('Enter');
    await chosen(desk, '李雷');
    await desk.focus(`${await find(desk, '1003')} >>> [part=invite]`);
    await desk.keyboard.press('Enter');
    await chosen(desk, '李雷,Anna Novak');
    await desk.focus(part('members-field'));
    await desk.keyboard.press('Backspace');
    await chosen(desk, '李雷');
    await desk.keyboard.press('Enter');
    await nextEvent(others[0]!, 'sip-call-received');
    await nextEvent(desk, 'sip-call-answered');
  });

  it('calls whom the keyboard sends while it goes on, and whom the field names', async () => {
    await desk.focus(`${await find(desk, '1003')} >>> [part=invite]`);
    await desk.keyboard.press('Enter');
    await nextEvent(others[1]!, 'sip-call-received');
    await others[1]!.evaluate(() => (window as any).call.hangup());
    await nextEvent(others[1]!, 'sip-call-hangup');
    await desk.focus(part('invite'));
    await desk.keyboard.press('Enter');
    await shown(desk, `${part('members-field')}:focus`);
    await desk.keyboard.type('1003');
    await desk.keyboard.press('Enter');
    await nextEvent(others[1]!, 'sip-call-received');
    await desk.evaluate(() => document.querySelector('sip-conference')!.conference!.end());
    for (const page of [desk, ...others]) await nextEvent(page, 'sip-call-hangup');
    for (const page of [desk, ...others]) await released(page);
    assert.deepEqual(site.complaints, []);
  });
});
