import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {startBrowser, type StartedBrowser} from './browser.js';
import {lightDevices} from './light-devices.js';
import type {Site} from './site.js';

/** The compiler of these tests names functions by a helper that a page does not have. */
const NAMES = 'globalThis.__name = (named) => named';

/** A second browser of a site that can be killed, and restarted with its profile. */
export class KeptBrowser {
  readonly #site: Site;
  readonly #profile: string;
  #started: StartedBrowser | undefined;

  private constructor(site: Site, profile: string) {
    this.#site = site;
    this.#profile = profile;
  }

  static async open(site: Site): Promise<KeptBrowser> {
    const kept = new KeptBrowser(site, await mkdtemp(join(tmpdir(), 'sip-elements-kept-')));
    await kept.start();
    return kept;
  }

  async start(...chromeFlags: string[]): Promise<void> {
    this.#started = await startBrowser({chromeFlags}, this.#profile);
  }

  /** Starts Chromium with the tabs that it had; resolves with the site’s page among them. */
  async restore(): Promise<Page> {
    await this.start('--restore-last-session');
    for (;;) {
      const pages = await this.#started!.browser.pages();
      const page = pages.find((page) => page.url().startsWith(this.#site.server.url));
      if (page) {
        await page.evaluate(NAMES);
        await lightDevices(page);
        return page;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The site as this browser sees it. */
  get site(): Site {
    const {server, complaints} = this.#site;
    const {browser, close} = this.#started!;
    return {
      server,
      complaints,
      browser,
      async open(path, prepare) {
        const page = await browser.newPage({type: 'window'} as never);
        for (const run of [page.evaluateOnNewDocument, page.evaluate] as const) await run.call(page, NAMES);
        await prepare?.(page);
        await page.goto(new URL(path, server.url).href, {waitUntil: 'load'});
        return page;
      },
      close,
    };
  }

  /** The folder of its profile, with all that it keeps on the disk. */
  get profile(): string {
    return this.#profile;
  }

  /** The id of its process. */
  get pid(): number {
    return this.#started!.browser.process()!.pid!;
  }

  /** Ends it as its user does. */
  async quit(): Promise<void> {
    await this.#started!.close();
    this.#started = undefined;
  }

  /** Kills it without notice to its pages; what they had written stays. */
  async kill(): Promise<void> {
    const process = this.#started!.browser.process()!;
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
    await this.#started!.close();
    this.#started = undefined;
  }

  async close(): Promise<void> {
    await this.#started?.close();
    await rm(this.#profile, {recursive: true, force: true, maxRetries: 5});
  }
}
