/** Takes monitoring as its page shows it: before it is started, asked for, watched, not to be had, without a client. */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

const wall = (inside: string): string => `sip-monitor >>> ${inside}`;

/** Goes through the states of a wall, and has each taken. */
export async function monitorPictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/monitor.html');
  const add = (number: string): Promise<void> =>
    page.$eval('sip-monitor', (element, number) => void element.addNumber(number), number);
  await shown(page, '#phone-1004 sip-dialer >>> [part~=call]:not([aria-disabled])');
  await take(page, 'monitor-idle');
  await press(page, wall('[part~=start]'));
  await add('1003');
  await add('1004');
  await shown(page, '#phone-1004 sip-incoming >>> button');
  for (const key of ['1019', '1022', '1003'])
    await shown(page, wall(`[data-key="${key} 1"][data-phase=live]`));
  await take(page, 'monitor-live');
  await page.$eval('sip-client#phone-1004', (element) =>
    (element as HTMLElementTagNameMap['sip-client']).client!.state.calls[0]!.decline(),
  );
  await add('1016');
  await add('1050');
  await shown(page, wall('[data-key="1016 1"][data-phase=refused]'));
  await take(page, 'monitor-refused');
  await page.evaluate(() => {
    const element = document.querySelector('sip-monitor')!;
    element.removeAttribute('numbers');
    document.querySelector('sip-client')!.replaceWith(element);
  });
  await take(page, 'monitor-no-client');
}
