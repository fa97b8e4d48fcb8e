import type {Browser, Page} from 'puppeteer-core';
import {startServer, type DispatchServer, type ServerOptions} from '../../../server/server.js';
import {startBrowser, type BrowserOptions, type StartedBrowser} from './browser.js';
import {lightDevices} from './light-devices.js';

/** A development server and a real browser, with the errors of its pages. */
export interface Site {
  readonly server: DispatchServer;
  readonly browser: Browser;
  /** Errors, refused resources and violations of the Content-Security-Policy that any page reported. */
  readonly complaints: string[];
  /**
   * Opens a page in a window of its own: the older of two tabs would be hidden and throttled.
   *
   * @param prepare - Called before anything is loaded.
   */
  open(path: string, prepare?: (page: Page) => Promise<void>): Promise<Page>;
  close(): Promise<void>;
}

/** A browser that sites with the same options use one after the other: starting one takes longer than many a test. */
interface SharedBrowser {
  readonly started: Promise<StartedBrowser>;
  sites: number;
}

/** By their options. */
const shared = new Map<string, SharedBrowser>();

/** Starts a server on a free port, and a browser unless there is one with the same options. */
export async function openSite(options: ServerOptions & BrowserOptions = {}): Promise<Site> {
  const {firefox, firefoxPreferences, chromeFlags, withoutFlags, audible, executable} = options;
  const key = JSON.stringify([firefox, firefoxPreferences, chromeFlags, withoutFlags, audible, executable]);
  const used: SharedBrowser = shared.get(key) ?? {started: startBrowser(options), sites: 0};
  shared.set(key, used);
  used.sites += 1;
  const [server, {browser, close}] = await Promise.all([startServer({port: 0, ...options}), used.started]);
  const complaints: string[] = [];
  const pages: Page[] = [];
  return {
    server,
    browser,
    complaints,
    async open(path, prepare) {
      const page = await browser.newPage({type: 'window'} as never);
      pages.push(page);
      // A busy machine draws late what is waited for: the runner ends what never comes.
      page.setDefaultTimeout(120_000);
      page.on('pageerror', (error) => complaints.push(`${path}: ${String(error)}`));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warn')
          complaints.push(`${path}: ${message.text()}`);
      });
      // The compiler of these tests names functions by a helper that a page does not have.
      for (const run of [page.evaluateOnNewDocument, page.evaluate] as const) {
        await run.call(page, 'globalThis.__name = (named) => named');
      }
      await lightDevices(page);
      await prepare?.(page);
      await page.goto(new URL(path, server.url).href, {waitUntil: 'load'});
      return page;
    },
    async close() {
      // All but the browser's own first page, with those that pages opened; if another site is open, only this site's.
      const left = used.sites > 1 ? pages : (await browser.pages()).slice(1);
      await Promise.all(left.map((page) => page.close().catch(() => {})));
      await server.close();
      // The next site of the file takes the browser over at once.
      setTimeout(() => {
        used.sites -= 1;
        if (used.sites > 0) return;
        shared.delete(key);
        void close();
      }, 100);
    },
  };
}
