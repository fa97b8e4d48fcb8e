/** The tests that run in a page, in the browser that `SIP_ELEMENTS_BROWSER` names: `npm test` sets it. */
import {chromeLauncher, defaultReporter} from '@web/test-runner';
import puppeteer from 'puppeteer-core';
import {
  BROWSER_START,
  CHROME_FLAGS,
  findFirefox,
  findHeadlessChrome,
  FIREFOX_PREFERENCES,
} from './scripts/browsers.mjs';
import {bundle} from './scripts/test/bundle.mjs';
import {pageReporter} from './scripts/test/page-reporter.mjs';
import {writeTone} from './scripts/test/tone.mjs';
import {screen} from './scripts/test/screen.mjs';
import {webKitLauncher} from './scripts/webkit-launcher.mjs';
import {oddTus} from './test/support/servers/odd-tus.mjs';
import {silence} from './test/support/servers/silence.mjs';
import {socketRelay} from './test/support/servers/socket-relay.mjs';
import {turnServer} from './test/support/servers/turn-server.mjs';
import {uploadForm} from './test/support/servers/upload-form.mjs';

const {
  SIP_ELEMENTS_BROWSER = 'chromium',
  TEST_PORT,
  TEST_BAIL,
  TEST_FILES = '',
  TEST_JOBS = '4',
  WEBKIT_DRIVER = 'http://127.0.0.1:4444',
} = process.env;

/** What runs before each file of tests. */
const INJECTED = ['told-failures', 'light-devices'].map((name) => `test/support/in-page/${name}.ts`);

const files = TEST_FILES.split('\n').filter(Boolean);

/** @type {Readonly<Record<string, () => import('@web/test-runner').BrowserLauncher>>} */
const LAUNCHERS = {
  chromium: () =>
    chromeLauncher({
      // A window of its own for each page: the older of two tabs in one window would be hidden and throttled.
      createPage: async ({browser}) => {
        const context = await browser.createBrowserContext();
        // Without a window nobody is asked, and nothing is said of the fake devices.
        await context.overridePermissions(`http://localhost:${TEST_PORT}`, ['camera', 'microphone']);
        const page = await context.newPage();
        // On a busy machine a page may load for long: the times below end what never begins.
        page.setDefaultNavigationTimeout(0);
        return page;
      },
      launchOptions: {
        timeout: BROWSER_START,
        executablePath: findHeadlessChrome(),
        headless: true,
        args: [...CHROME_FLAGS, `--use-file-for-fake-audio-capture=${writeTone()}`],
      },
    }),
  firefox: () =>
    chromeLauncher({
      puppeteer,
      // One window, and hidden tabs are throttled.
      concurrency: 1,
      launchOptions: {
        timeout: BROWSER_START,
        browser: 'firefox',
        executablePath: findFirefox(),
        headless: true,
        extraPrefsFirefox: FIREFOX_PREFERENCES,
      },
    }),
  webkit: () => webKitLauncher(WEBKIT_DRIVER),
};

const launcher = LAUNCHERS[SIP_ELEMENTS_BROWSER];
if (!launcher) throw new Error(`SIP_ELEMENTS_BROWSER is "${SIP_ELEMENTS_BROWSER}".`);

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files,
  ...(TEST_PORT && {port: Number(TEST_PORT)}),
  plugins: [bundle(files, INJECTED), socketRelay(), screen()],
  middleware: [uploadForm(), oddTus(), silence(), turnServer()],
  reporters: [defaultReporter({reportTestProgress: false}), pageReporter()],
  concurrency: Number(TEST_JOBS),
  browserStartTimeout: 60_000,
  testsStartTimeout: 120_000,
  // Tests wait for facts. The framework's limit is for one test; this one, for a file, ends only a page that stands still:
  // a file may have any number of tests.
  testsFinishTimeout: 30 * 60_000,
  testFramework: {config: {timeout: '30000', ui: 'bdd', bail: TEST_BAIL === '1'}},
  // Lit says once a page that its development build is in use.
  filterBrowserLogs: ({args}) => !String(args[0]).includes('Lit is in dev mode'),
  browsers: [launcher()],
};
