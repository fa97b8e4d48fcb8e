/** Takes the page's list of recordings: empty, with some, and with the question before one is deleted. */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

/** Goes through the states of the list, and has each taken. */
export async function recordingsPictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/controls.html');
  const own = (tag: string, name: string): string => `#phone-1001 ${tag} >>> [part~=${name}]`;
  await shown(page, `${own('sip-dialer', 'call')}:not([aria-disabled])`);
  await shown(page, '#phone-1002 sip-dialer >>> [part~=call]:not([aria-disabled])');
  await shown(page, '.recordings li');
  await take(page, 'recordings-none');
  await press(page, own('sip-dialer', 'call'));
  await press(page, '#phone-1002 sip-incoming >>> [part~=answer-video]');
  for (let count = 1; count <= 2; count += 1) {
    await press(page, '#phone-1001 sip-record-button:not(:state(recording)) >>> button');
    await page.waitForFunction(
      (count) => document.querySelectorAll('.recordings li').length === count,
      {},
      count,
    );
    await new Promise((resolve) => setTimeout(resolve, 4000));
    if (count < 2) await press(page, '#phone-1001 sip-record-button >>> button');
  }
  await press(page, '.recordings [data-act=delete]');
  await take(page, 'recordings');
}
