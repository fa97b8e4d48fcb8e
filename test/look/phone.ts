/** Takes a whole phone as its page shows it: each of its views, closed and open in the corner, ringing, in a call. */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/parts.js';
import type {Site} from '../support/site.js';

const first = (inside: string): string => `#phone-1001 >>> ${inside}`;
const corner = (inside: string): string => `#phone-1002 >>> ${inside}`;

/** Goes through the states of a phone, and has each taken. */
export async function wholePhonePictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/phone.html');
  await shown(page, first('.dot.registered'));
  await shown(page, first('[data-view=directory]'));
  for (const view of ['history', 'directory', 'messages', 'devices', 'keypad']) {
    await press(page, first(`[data-view=${view}]`));
    await take(page, `phone-${view}`);
  }
  await press(page, '#phone-1001 >>> sip-dialer >>> [part~=call]:not([aria-disabled])');
  await shown(page, corner('[part~=answer-audio]'));
  await take(page, 'phone-ringing');
  await press(page, corner('[part~=answer-audio]'));
  await shown(page, corner('sip-call:state(active)'));
  await take(page, 'phone-call');
  await press(page, corner('[part~=hangup]'));
  await shown(page, first('[part~=again]'));
  await take(page, 'phone-ended');
  await press(page, corner('[part~=launcher]'));
  await page.$eval(
    '#phone-1001',
    (element) => void (element as HTMLElementTagNameMap['sip-phone']).client!.disconnect(),
  );
  await take(page, 'phone-closed');
}
