import type {Page} from 'puppeteer-core';
import type {Site} from './site.js';

/** Hides a page behind another tab of its window; returns a function that shows it again. */
export async function hide(page: Page): Promise<() => Promise<void>> {
  const opened = new Promise<Page>((resolve) => page.once('popup', (tab) => resolve(tab!)));
  await page.evaluate(() => void window.open('about:blank'));
  const tab = await opened;
  await tab.bringToFront();
  await page.evaluate(async () => {
    while (!document.hidden)
      await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, {once: true}));
  });
  return async () => {
    await tab.close();
    await page.bringToFront();
    await seen(page);
  };
}

/** Waits until a page can be seen. */
export async function seen(page: Page): Promise<void> {
  await page.evaluate(async () => {
    while (document.hidden)
      await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, {once: true}));
  });
}

/** Grants permissions to the site's pages without asking the user. */
export async function allow(site: Site, ...names: ('notifications' | 'screen-wake-lock')[]): Promise<void> {
  const {origin} = new URL(site.server.url);
  await site.browser
    .defaultBrowserContext()
    .setPermission(origin, ...names.map((name) => ({permission: {name}, state: 'granted' as const})));
}
