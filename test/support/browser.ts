import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser} from 'puppeteer-core';
import {CHROME_FLAGS, findChrome, findFirefox, FIREFOX_PREFERENCES} from '../../scripts/browsers.mjs';
import {startSound} from '../../scripts/sound.mjs';

/** How the browser is set up. */
export interface BrowserOptions {
  /** Firefox instead of Chromium; the options below are Chromium's. */
  readonly firefox?: boolean;
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

/** Starts a real browser with a profile of its own; `close` ends it and leaves nothing behind. */
export async function startBrowser(
  options: BrowserOptions,
): Promise<{browser: Browser; close: () => Promise<void>}> {
  if (options.firefox) return startFirefox();
  const {chromeFlags = [], withoutFlags = [], audible = false} = options;
  const usual = CHROME_FLAGS.filter((flag) => !withoutFlags.includes(flag));
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
  return {
    browser,
    async close() {
      await browser.close();
      browsers.delete(browser);
      await rm(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

/** Firefox over WebDriver BiDi, with a sound server where there is none yet. */
async function startFirefox(): Promise<{browser: Browser; close: () => Promise<void>}> {
  const sound = process.env['PULSE_SERVER'] ? undefined : await startSound();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    handleSIGTERM: false,
    extraPrefsFirefox: FIREFOX_PREFERENCES,
    // As it is with Chromium's `--ignore-certificate-errors`.
    acceptInsecureCerts: true,
    env: {...process.env, ...sound?.environment},
    defaultViewport: {width: 1280, height: 800},
  });
  browsers.add(browser);
  return {
    browser,
    async close() {
      await browser.close();
      browsers.delete(browser);
      await sound?.stop();
    },
  };
}
