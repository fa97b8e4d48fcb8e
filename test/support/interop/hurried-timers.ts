import type {Page} from 'puppeteer-core';

/** Shortens a page's timeouts: maps the length of a timeout to the length it has instead, in milliseconds. */
export const hurriesTimers = (page: Page, times: Readonly<Record<number, number>>): Promise<void> =>
  page.evaluate((times) => {
    const {setTimeout} = window;
    const hurried = (task: TimerHandler, time = 0, ...values: unknown[]): number =>
      setTimeout(task, times[time] ?? time, ...values);
    window.setTimeout = hurried as typeof setTimeout;
  }, times);
