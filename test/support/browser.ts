import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser} from 'puppeteer-core';
import {CHROME_FLAGS, findChrome, findFirefox, FIREFOX_PREFERENCES} from '../../scripts/browsers.mjs';
import {startSound} from '../../scripts/sound.mjs';

/** Whether the tests of this process run in Firefox, by `SIP_ELEMENTS_BROWSER=firefox`; in Chromium otherwise. */
export const IN_FIREFOX = process.env['SIP_ELEMENTS_BROWSER'] === 'firefox';

/** How the browser is set up. */
export interface BrowserOptions {
  /** Firefox or Chromium, whatever the tests run in. */
  readonly firefox?: boolean;
  /** Firefox's preferences beside the usual ones. */
  readonly firefoxPreferences?: Readonly<Record<string, boolean | number>>;
  readonly chromeFlags?: readonly string[];
  /** Usual flags to leave out: without `--use-fake-device-for-media-stream` there is no device at all. */
  readonly withoutFlags?: readonly string[];
  /** Whether pages sound: a tab that is shared is silent without it. */
  readonly audible?: boolean;
}

/** One theme, and nothing that moves: it cannot be told otherwise while it runs. */
const STILL = {'ui.prefersReducedMotion': 1, 'layout.css.prefers-color-scheme.content-override': 1};

/** A browser in which every device is refused. */
export const DEVICES_REFUSED: BrowserOptions = {
  withoutFlags: ['--use-fake-ui-for-media-stream'],
  chromeFlags: ['--deny-permission-prompts'],
  firefoxPreferences: {
    'media.navigator.permission.disabled': false,
    'permissions.default.camera': 2,
    'permissions.default.microphone': 2,
  },
};

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
  if (options.firefox ?? IN_FIREFOX) return startFirefox(options.firefoxPreferences);
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
async function startFirefox(
  preferences: BrowserOptions['firefoxPreferences'],
): Promise<{browser: Browser; close: () => Promise<void>}> {
  const sound = process.env['PULSE_SERVER'] ? undefined : await startSound();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    handleSIGTERM: false,
    extraPrefsFirefox: {...FIREFOX_PREFERENCES, ...STILL, ...preferences},
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
