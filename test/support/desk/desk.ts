import type {Page} from 'puppeteer-core';
import {fillPage, goOnline, onlinePage, phonePage} from '../page/phone-page.js';
import {BLACK, sendsSignals} from '../page/signals.js';
import {openSite, type Site} from '../page/site.js';

/** The tone that the user of a desk sends instead of a voice, in Hz. */
export const DESK_TONE = 440;

/** The page of a desk, and those of people who are online. */
export interface Desk {
  readonly site: Site;
  readonly page: Page;
  readonly pages: ReadonlyMap<string, Page>;
}

/** Opens an empty desk of 1001, and a page for each of the numbers. */
export async function openDesk(numbers: readonly string[]): Promise<Desk> {
  const site = await openSite();
  const page = await phonePage(site, {
    user: '1001',
    prepare: (page) => page.setViewport({width: 1280, height: 900}),
  });
  const pages = await Promise.all(
    numbers.map(async (number) => [number, await onlinePage(site, {user: number})] as const),
  );
  return {site, page, pages: new Map(pages)};
}

/** Puts these elements on the desk, in English, and connects it. */
export async function fillDesk(desk: Page, inside: string): Promise<void> {
  await fillPage(desk, {user: '1001', inside: `<main><h1>Desk</h1>${inside}</main>`});
  await desk.evaluate(() => (document.documentElement.lang = 'en'));
  await sendsSignals(desk, {tone: DESK_TONE, halves: BLACK});
  await goOnline(desk);
}

/** Forgets the events of pages that no test has waited for. */
export async function forgetEvents(pages: Iterable<Page>): Promise<void> {
  await Promise.all([...pages].map((page) => page.evaluate(() => void ((window as any).events.length = 0))));
}
