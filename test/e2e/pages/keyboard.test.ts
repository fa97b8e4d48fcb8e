import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

/**
 * Which phone and which part has the focus: `1001 call`. A control that lies in an element of its own is that
 * control.
 */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const phone = document.activeElement?.closest('sip-client')?.id.slice(-4);
    let inner = document.activeElement?.shadowRoot?.activeElement;
    while (inner?.shadowRoot?.activeElement) inner = inner.shadowRoot.activeElement;
    return `${String(phone)} ${String(inner?.getAttribute('part')?.replace('button ', ''))}`;
  });

/** More than a page has: its navigation alone has about twenty. */
const MOST_STOPS = 60;

/** Presses Tab until the part has the focus; fails if the page ends first. */
async function tabTo(page: Page, where: string): Promise<void> {
  const passed: string[] = [];
  while ((await focused(page)) !== where) {
    assert.ok(passed.length < MOST_STOPS, `${where} comes before ${passed.join(', ')}`);
    passed.push(await focused(page));
    await page.keyboard.press('Tab');
  }
}

/** Waits until the part has the focus without a key. */
async function comesTo(page: Page, where: string): Promise<void> {
  while ((await focused(page)) !== where) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the page of two phones, by keyboard alone', () => {
  let site: Site;
  let page: Page;
  before(async () => {
    site = await openSite();
    page = await site.open('/');
  });
  after(() => site.close());

  it('places one call however long Enter is held on its button', async () => {
    for (const user of ['1001', '1002'])
      await shown(page, `#phone-${user} sip-dialer >>> [part~=call]:not([aria-disabled])`);
    await tabTo(page, '1001 call');
    await page.evaluate(() => {
      const heard: string[] = ((window as any).heard = []);
      for (const type of ['sip-call-created', 'sip-error'])
        document.addEventListener(type, () => heard.push(type));
    });
    await page.keyboard.down('Enter');
    await shown(page, '#phone-1001 sip-call >>> [part~=hangup]');
    for (let repeated = 0; repeated < 10; repeated += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.evaluate(async () => {
      const [call, ...others] = document.querySelector<any>('#phone-1001').client.state.calls;
      for (const each of [call, ...others]) await each.hangup();
    });
    for (const user of ['1001', '1002'])
      await page.waitForFunction(
        (id) => document.querySelector<any>(id).client.state.calls.length === 0,
        {},
        `#phone-${user}`,
      );
    assert.deepEqual(await page.evaluate(() => (window as any).heard), ['sip-call-created']);
    await page.reload();
  });

  it('places a call from the field and answers it on the other phone', async () => {
    for (const user of ['1001', '1002'])
      await shown(page, `#phone-${user} sip-dialer >>> [part~=call]:not([aria-disabled])`);
    await tabTo(page, '1001 number');
    await page.keyboard.press('Enter');
    await shown(page, '#phone-1002 sip-incoming >>> [part~=answer-audio]');
    await tabTo(page, '1002 answer-audio');
    await page.keyboard.press('Enter');
    await comesTo(page, '1002 stage');
  });

  it('mutes, holds, goes on and hangs up, going on from the call that was answered', async () => {
    await tabTo(page, '1002 mute');
    await page.keyboard.press(' ');
    await shown(page, '#phone-1002 sip-call >>> [part~=mute].on');
    assert.equal(await focused(page), '1002 mute');
    await tabTo(page, '1002 hold');
    for (const held of ['.on', ':not(.on)']) {
      await page.keyboard.press(' ');
      await shown(page, `#phone-1002 sip-call >>> [part~=hold]${held}`);
      assert.equal(await focused(page), '1002 hold');
    }
    await tabTo(page, '1002 hangup');
    await page.keyboard.press(' ');
    await comesTo(page, '1002 stage');
    await tabTo(page, '1002 clear');
    await page.keyboard.press('Enter');
    await comesTo(page, '1002 stage');
  });
});
