/** The browser's tests in Chromium; those of the elements in Firefox are in `web-test-runner.firefox.config.mjs`. */
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher, defaultReporter} from '@web/test-runner';
import {CHROME_FLAGS, findChrome} from './scripts/browsers.mjs';
import {failuresReporter} from './scripts/failures.mjs';
import {browserField} from './test/support/browser-field.mjs';
import {silence} from './test/support/silence.mjs';
import {socketRelay} from './test/support/socket-relay.mjs';
import {toldFailures} from './test/support/told-failures.mjs';
import {turnServer} from './test/support/turn-server.mjs';
import {uploadForm} from './test/support/upload-form.mjs';

const FOLDERS = 'core,media,sip,dispatch,standard,context,controllers,elements,locales,unit';

const executablePath = findChrome();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: `test/{${FOLDERS}}/**/*.test.ts`,
  nodeResolve: {exportConditions: ['development', 'browser']},
  plugins: [
    esbuildPlugin({ts: true, json: true, target: 'es2022', tsconfig: 'tsconfig.json'}),
    socketRelay(),
    browserField(),
    toldFailures(),
  ],
  middleware: [uploadForm(), silence(), turnServer()],
  reporters: [defaultReporter(), failuresReporter()],
  concurrency: 2,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  // Tests wait for facts: these end only what would never end.
  testsFinishTimeout: 240_000,
  testFramework: {config: {timeout: '30000', ui: 'bdd'}},
  // Lit says once a page that its development build is in use.
  filterBrowserLogs: ({args}) => !String(args[0]).includes('Lit is in dev mode'),
  browsers: [
    chromeLauncher({
      // A window of its own for each page: the older of two tabs in one window would be hidden and throttled.
      createPage: async ({browser}) => (await browser.createBrowserContext()).newPage(),
      launchOptions: {executablePath, headless: true, args: CHROME_FLAGS},
    }),
  ],
};
