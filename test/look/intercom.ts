/** Takes an intercom as its page shows it: before it is joined, nobody, somebody, oneself, waiting, taken away, refused. */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

const part = (user: string, name: string): string => `#phone-${user} sip-intercom >>> [part~=${name}]`;
const talk = (user: string, floor: string): string => `#phone-${user} sip-intercom >>> .talk.${floor}`;

/** Goes through the states of an intercom, and has each taken. */
export async function intercomPictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/intercom.html');
  /** Asks for the floor without holding anything. */
  const ask = (user: string): Promise<void> =>
    page.$eval(`#phone-${user} sip-intercom`, (element) => {
      void element.intercom!.requestFloor().catch(() => {});
    });
  await shown(page, `${part('1003', 'join')}:not([aria-disabled])`);
  await take(page, 'intercom-join');
  await press(page, part('1001', 'join'));
  await shown(page, talk('1001', 'idle'));
  await ask('1001');
  await shown(page, part('1003', 'answer-audio'));
  await take(page, 'intercom-rings');
  await page.$eval('#phone-1001 sip-intercom', (element) => element.intercom!.releaseFloor());
  for (const user of ['1002', '1003']) {
    await press(page, part(user, 'answer-audio'));
    await shown(page, talk(user, 'idle'));
  }
  await take(page, 'intercom-idle');
  await ask('1002');
  await shown(page, talk('1002', 'granted'));
  await press(page, part('1003', 'talk'));
  await shown(page, talk('1003', 'queued'));
  await take(page, 'intercom-speaking');
  await page.$eval('#phone-1002 sip-intercom', (element) => element.intercom!.releaseFloor());
  await shown(page, talk('1003', 'granted'));
  // A dispatcher goes before others.
  await ask('1001');
  await shown(page, talk('1003', 'taken'));
  await take(page, 'intercom-revoked');
  await page.$eval('#phone-1001 sip-intercom', async (element) => {
    await element.intercom!.hangup();
    element.group = '9999';
    await element.start().catch(() => {});
  });
  await shown(page, part('1001', 'notice'));
  await take(page, 'intercom-error');
  await page.evaluate(() => {
    const element = document.querySelector('sip-intercom')!;
    element.removeAttribute('group');
    document.querySelector('sip-client')!.replaceWith(element);
  });
  await take(page, 'intercom-no-client');
}
