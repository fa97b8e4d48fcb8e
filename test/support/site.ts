import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser, type BrowserContext, type Page} from 'puppeteer-core';
import {CHROME_FLAGS, findChrome} from '../../scripts/browsers.mjs';
import {startServer, type DispatchServer, type ServerOptions} from '../../demo/server/server.js';

/** A development server of its own and a real browser, with what went wrong in its pages. */
export interface Site {
  readonly server: DispatchServer;
  readonly browser: Browser;
  /** Errors, refused resources and violations of the Content-Security-Policy that any page reported. */
  readonly complaints: string[];
  /** Opens a page in a window of its own: the older of two tabs would be hidden and throttled. */
  open(path: string, context?: BrowserContext): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a server on a free port and a browser. */
export async function openSite(
  options: ServerOptions & {chromeFlags?: readonly string[]} = {},
): Promise<Site> {
  const {chromeFlags = [], ...serverOptions} = options;
  const server = await startServer({port: 0, ...serverOptions});
  const profile = await mkdtemp(join(tmpdir(), 'sip-elements-'));
  const browser = await puppeteer.launch({
    executablePath: findChrome(),
    headless: true,
    userDataDir: profile,
    args: [...CHROME_FLAGS, ...chromeFlags],
    defaultViewport: {width: 1280, height: 800},
  });
  const complaints: string[] = [];
  return {
    server,
    browser,
    complaints,
    async open(path, context = browser.defaultBrowserContext()) {
      const page = await context.newPage({type: 'window'} as never);
      page.on('pageerror', (error) => complaints.push(`${path}: ${String(error)}`));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warn')
          complaints.push(`${path}: ${message.text()}`);
      });
      // The compiler of these tests names functions by a helper that a page does not have.
      await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
      await page.goto(new URL(path, server.url).href, {waitUntil: 'load'});
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
