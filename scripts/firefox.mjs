/** Runs the elements' tests in Firefox, and then those of `test/e2e` that it can run: real calls between its pages. */
import {findFirefox} from './browsers.mjs';
import {buildIfNeeded} from './build.mjs';
import {runNode, tool} from './project.mjs';
import {startSound} from './sound.mjs';

/** Ends only what would never end, in ms. */
const LIMIT = 4 * 60_000;

/** The files of `test/e2e`: Firefox runs them all, Chromium's own tests apart, which they leave out. */
const CALLS = [
  'two-phones',
  'background',
  'conference-directory',
  'contract',
  'controls',
  'devices',
  'directory',
  'endings',
  'evidence',
  'failures',
  'functions',
  'hold',
  'keyboard',
  'lost-replies',
  'messages',
  'monitor-element',
  'no-microphone',
  'phone',
  'quality',
  'readme',
  'recordings',
  'recordings-page',
  'ringing',
  'scripted-client',
  'secure',
  'several-calls',
  'small-phone',
  'tones',
  'transfer',
  'upgrade',
  'uploads',
];

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
  ...CALLS.map((name) => `test/e2e/${name}.test.ts`),
];

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
