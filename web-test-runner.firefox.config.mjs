/** The elements' tests in Firefox, by `npm run test:firefox`. */
import {chromeLauncher} from '@web/test-runner';
import puppeteer from 'puppeteer-core';
import {findFirefox} from './scripts/browsers.mjs';
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
        extraPrefsFirefox: {
          'media.navigator.streams.fake': true,
          'media.autoplay.default': 0,
          'media.peerconnection.ice.loopback': true,
          // Asking is off by these, not by `media.navigator.permission.disabled`, which keeps addresses hidden.
          'permissions.default.camera': 1,
          'permissions.default.microphone': 1,
        },
      },
    }),
  ],
};
