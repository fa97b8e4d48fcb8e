/**
 * Runs the elements' tests in Firefox, and then those of calls between its pages: all but those of what Chromium alone has,
 * which leave themselves out.
 */
import {findFirefox} from './browsers.mjs';
import {buildIfNeeded} from './build.mjs';
import {runNode, testsIn, tool} from './project.mjs';
import {startSound} from './sound.mjs';

/** Ends only what would never end, in ms. */
const LIMIT = 4 * 60_000;

async function main() {
  const firefox = findFirefox();
  const sound = await startSound();
  const environment = {FIREFOX_PATH: firefox, SIP_ELEMENTS_BROWSER: 'firefox', ...sound.environment};
  try {
    const elements = await runNode(
      [tool('@web/test-runner/dist/bin.js'), '--config', 'web-test-runner.firefox.config.mjs'],
      environment,
    );
    return elements || (await buildIfNeeded()) || (await runNode(calls(), environment));
  } finally {
    await sound.stop();
  }
}

const calls = () => [
  ...['--import', 'tsx', '--test', '--test-concurrency=1', `--test-timeout=${LIMIT}`],
  ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
  ...['--test-reporter=./scripts/strict-reporter.mjs', '--test-reporter-destination=stderr'],
  ...['e2e', 'crowd'].flatMap(testsIn),
];

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
