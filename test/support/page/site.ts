import type {Browser, Page} from 'puppeteer-core';
import {startServer, type DispatchServer, type ServerOptions} from '../../../demo/server/server.js';
import {startBrowser, type BrowserOptions} from './browser.js';

/** A development server of its own and a real browser, with what went wrong in its pages. */
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

/** Starts a server on a free port and a browser. */
export async function openSite(options: ServerOptions & BrowserOptions = {}): Promise<Site> {
  const server = await startServer({port: 0, ...options});
  const {browser, close} = await startBrowser(options);
  const complaints: string[] = [];
  return {
    server,
    browser,
    complaints,
    async open(path, prepare) {
      const page = await browser.newPage({type: 'window'} as never);
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
      await prepare?.(page);
      await page.goto(new URL(path, server.url).href, {waitUntil: 'load'});
      return page;
    },
    async close() {
      await close();
      await server.close();
    },
  };
}
