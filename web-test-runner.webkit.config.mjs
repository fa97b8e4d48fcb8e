/** The elements' tests in WebKitGTK, by `npm run test:webkit`. */
import {webKitLauncher} from './scripts/webkit-launcher.mjs';
import chromium from './web-test-runner.config.mjs';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...chromium,
  // What draws; calls need an RTCPeerConnection, which WebKitGTK has not.
  files: ['rendering', 'bad-input', 'define', 'languages', 'repeat'].map(
    (name) => `test/elements/${name}.test.ts`,
  ),
  browsers: [webKitLauncher(process.env['WEBKIT_DRIVER'] ?? 'http://127.0.0.1:4444')],
};
