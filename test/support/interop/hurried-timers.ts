import type {Page} from 'puppeteer-core';

/** Lets a page's timeouts of some lengths be shorter: of each length, how long they take instead; in milliseconds. */
export const hurriesTimers = (page: Page, times: Readonly<Record<number, number>>): Promise<void> =>
  page.evaluate((times) => {
    const {setTimeout} = window;
    const hurried = (task: TimerHandler, time = 0, ...values: unknown[]): number =>
      setTimeout(task, times[time] ?? time, ...values);
    window.setTimeout = hurried as typeof setTimeout;
  }, times);
