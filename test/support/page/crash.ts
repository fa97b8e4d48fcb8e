import type {Page} from 'puppeteer-core';

/** Ends the process of a page and loads its tab anew; only Chromium's inspector can do that. */
export async function crashes(page: Page): Promise<void> {
  const url = page.url();
  const inspector = await page.createCDPSession();
  const crashed = new Promise((resolve) => page.once('error', resolve));
  void inspector.send('Page.crash').catch(() => {});
  await crashed;
  await inspector.send('Page.navigate', {url});
  await page.waitForFunction(() => document.readyState === 'complete');
}
