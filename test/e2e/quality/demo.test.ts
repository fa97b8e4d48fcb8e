import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('the demo of how a picture is sent', () => {
  let site: Site;
  let page: Page;

  before(async () => {
    site = await openSite();
    page = await site.open('/devices.html');
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLElementTagNameMap['sip-client']>('.quality sip-client')?.state
          ?.registration === 'registered',
    );
  });
  after(() => site.close());

  it('sends another size as soon as it is chosen, and the echo brings it back', async () => {
    await page.evaluate(async () => {
      const client = document.querySelector<HTMLElementTagNameMap['sip-client']>('.quality sip-client')!;
      (window as any).call = await client.call('9999', {media: 'video'});
    });
    const arrives = (): Promise<number> =>
      page.evaluate(() => (window as any).call.quality?.received.video?.height ?? 0);
    const status = (): Promise<string> =>
      page.$eval('.quality [role=status]', ({textContent}) => textContent ?? '');
    await until(async () => (await arrives()) > 90);
    await page.select('.quality select', '160x90');
    await until(async () => (await arrives()) === 90 && / × 90, /.test(await status()));
    await page.evaluate(() => (window as any).call.hangup());
    await until(async () => (await status()) === '');
  });
});
