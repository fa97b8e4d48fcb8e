import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser} from 'puppeteer-core';
import {
  BROWSER_START,
  CHROME_FLAGS,
  findChrome,
  findFirefox,
  FIREFOX_PREFERENCES,
} from '../../../scripts/browsers.mjs';
import {startSound} from '../../../scripts/sound.mjs';

/** Whether the tests of this process run in Firefox, by `SIP_ELEMENTS_BROWSER=firefox`; in Chromium otherwise. */
export const IN_FIREFOX = process.env['SIP_ELEMENTS_BROWSER'] === 'firefox';

/** How the browser is set up. */
export interface BrowserOptions {
  /** Firefox or Chromium, whatever the tests run in. */
  readonly firefox?: boolean;
  /** Firefox's preferences beside the usual ones. */
  readonly firefoxPreferences?: Readonly<Record<string, boolean | number | string>>;
  readonly chromeFlags?: readonly string[];
  /** What starts Chromium, if that is not to run where the test does. */
  readonly executable?: string;
  /** Usual flags to leave out. */
  readonly withoutFlags?: readonly string[];
  /** Whether pages play sound: without it, a shared tab is silent. */
  readonly audible?: boolean;
}

/** One theme without motion: it cannot be changed while the browser runs. */
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

/** The only device that Firefox may use: one that does not exist. */
const NO_MICROPHONE = {'media.navigator.streams.fake': false, 'media.audio_loopback_dev': 'none'};
const NO_CAMERA = {'media.navigator.streams.fake': false, 'media.video_loopback_dev': 'none'};
const FAKE_DEVICES = '--use-fake-device-for-media-stream';

/** A browser on a machine without a microphone and without a camera. */
export const DEVICES_MISSING: BrowserOptions = {
  withoutFlags: [FAKE_DEVICES],
  firefoxPreferences: {...NO_MICROPHONE, ...NO_CAMERA},
};

/** A browser on a machine with a microphone alone. */
export const CAMERA_MISSING: BrowserOptions = {
  chromeFlags: [`${FAKE_DEVICES}=device-count=0`],
  firefoxPreferences: NO_CAMERA,
};

const browsers = new Set<Browser>();

// The runner ends a file that takes too long: its browser must end too.
process.once('SIGTERM', () => {
  for (const browser of browsers) browser.process()?.kill('SIGKILL');
  process.exit(143);
});

/** A real browser; `close` ends it and leaves nothing behind, even after it was killed. */
export interface StartedBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts a real browser with a profile of its own.
 *
 * @param kept - The folder of a profile that stays when it ends.
 */
export async function startBrowser(options: BrowserOptions, kept?: string): Promise<StartedBrowser> {
  if (options.firefox ?? IN_FIREFOX) return startFirefox(options, kept);
  const {chromeFlags = [], withoutFlags = [], audible = false, executable} = options;
  const usual = CHROME_FLAGS.filter((flag) => !withoutFlags.includes(flag));
  const profile = kept ?? (await mkdtemp(join(tmpdir(), 'sip-elements-')));
  const browser = await puppeteer.launch({
    executablePath: executable ?? findChrome(),
    // In another network it cannot be reached by a port.
    pipe: executable !== undefined,
    timeout: BROWSER_START,
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
      await end(browser);
      if (!kept) await rm(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

/** How long a browser may take to end, in milliseconds. */
const ENDING = 10_000;

/** Ends a browser, by force if it does not end by itself: the file would never end either. */
async function end(browser: Browser): Promise<void> {
  const killing = setTimeout(() => browser.process()?.kill('SIGKILL'), ENDING);
  await browser.close().catch(() => {});
  clearTimeout(killing);
  browsers.delete(browser);
}

/** Firefox over WebDriver BiDi, with a sound server if none runs yet. */
async function startFirefox(
  {firefoxPreferences, withoutFlags = []}: BrowserOptions,
  kept?: string,
): Promise<StartedBrowser> {
  const sound = process.env['PULSE_SERVER'] ? undefined : await startSound();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    timeout: BROWSER_START,
    headless: true,
    handleSIGTERM: false,
    ...(kept && {userDataDir: kept}),
    // Tests look into the browser itself too, as at its notifications.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {...FIREFOX_PREFERENCES, ...STILL, ...firefoxPreferences},
    // As it is with Chromium's `--ignore-certificate-errors`.
    acceptInsecureCerts: !withoutFlags.includes('--ignore-certificate-errors'),
    env: {...process.env, ...sound?.environment},
    defaultViewport: {width: 1280, height: 800},
  });
  browsers.add(browser);
  return {
    browser,
    async close() {
      await end(browser);
      await sound?.stop();
    },
  };
}
