import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {CHROME_FLAGS, findChrome} from '../../scripts/browsers.mjs';
import {startServer, type DispatchServer, type ServerOptions} from '../../demo/server/server.js';

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

/** How the browser is set up. */
export interface BrowserOptions {
  readonly chromeFlags?: readonly string[];
  /** Usual flags to leave out: without `--use-fake-device-for-media-stream` there is no device at all. */
  readonly withoutFlags?: readonly string[];
  /** Whether pages sound: a tab that is shared is silent without it. */
  readonly audible?: boolean;
}

const browsers = new Set<Browser>();

// The runner ends a file that takes too long: nothing of it may go on.
process.once('SIGTERM', () => {
  for (const browser of browsers) browser.process()?.kill('SIGKILL');
  process.exit(143);
});

/** Starts a server on a free port and a browser. */
export async function openSite(options: ServerOptions & BrowserOptions = {}): Promise<Site> {
  const {chromeFlags = [], withoutFlags = [], audible = false, ...serverOptions} = options;
  const usual = CHROME_FLAGS.filter((flag) => !withoutFlags.includes(flag));
  const server = await startServer({port: 0, ...serverOptions});
  const profile = await mkdtemp(join(tmpdir(), 'sip-elements-'));
  const browser = await puppeteer.launch({
    executablePath: findChrome(),
    headless: true,
    handleSIGTERM: false,
    ...(audible && {ignoreDefaultArgs: ['--mute-audio']}),
    userDataDir: profile,
    args: [...usual, ...chromeFlags],
    defaultViewport: {width: 1280, height: 800},
  });
  browsers.add(browser);
  const complaints: string[] = [];
  return {
    server,
    browser,
    complaints,
    async open(path, prepare) {
      const page = await browser.newPage({type: 'window'} as never);
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
      await browser.close();
      browsers.delete(browser);
      await server.close();
      await rm(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
