/** The elements' tests in Firefox, by `npm run test:firefox`. */
import {chromeLauncher} from '@web/test-runner';
import puppeteer from 'puppeteer-core';
import {FIREFOX_PREFERENCES, findFirefox} from './scripts/browsers.mjs';
import chromium from './web-test-runner.config.mjs';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...chromium,
  files: 'test/elements/**/*.test.ts',
  // One window, and hidden tabs are throttled.
  concurrency: 1,
  browsers: [
    chromeLauncher({
      puppeteer,
      launchOptions: {
        browser: 'firefox',
        executablePath: findFirefox(),
        headless: true,
        extraPrefsFirefox: FIREFOX_PREFERENCES,
      },
    }),
  ],
};
