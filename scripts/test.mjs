/**
 * Runs the tests: `node scripts/test.mjs [suite …]`, those of `npm test` where none is named.
 *
 * Suites are `browser` (web-test-runner), and folders of `test` whose files run in Node. A suite without files is
 * left out and told; a file without a test, a skipped test and nothing to run at all are failures.
 */
import {findChrome} from './browsers.mjs';
import {buildIfNeeded} from './build.mjs';
import {collectFailures} from './failures.mjs';
import {ownNetwork, requireServers} from './interop.mjs';
import {runNode, testsIn, tool} from './project.mjs';

const SHORT = ['browser', 'tooling', 'server'];
const BROWSER = [
  'core',
  'media',
  'sip',
  'dispatch',
  'standard',
  'context',
  'controllers',
  'elements',
  'locales',
  'unit',
];
/** What goes through the built package. */
const NEED_BUILD = ['e2e', 'crowd', 'soak', 'interop'];
const NEED_CHROME = ['browser', 'server', ...NEED_BUILD];
/** How long one file may take, in minutes: it ends only what would never end. */
const SHORT_LIMIT = 4;
/** @type {Readonly<Record<string, number>>} */
const LIMITS = {soak: 20, interop: 10};

/** How many files run at a time: most tests wait, for calls that take their time. */
const AT_A_TIME = 2;
/** One file at a time: long ones are about one thing each, and of many pages a small machine can let few be heard at once. */
const ONE_AT_A_TIME = ['crowd', 'soak', 'interop'];

/** @param {string} suite */
function run(suite) {
  if (suite === 'browser') return runNode([tool('@web/test-runner/dist/bin.js')]);
  const words = [
    '--import',
    'tsx',
    '--test',
    `--test-concurrency=${ONE_AT_A_TIME.includes(suite) ? 1 : AT_A_TIME}`,
    `--test-timeout=${(LIMITS[suite] ?? SHORT_LIMIT) * 60_000}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/strict-reporter.mjs',
    '--test-reporter-destination=stderr',
    ...testsIn(suite),
  ];
  return runNode(words, {}, suite === 'interop' ? ownNetwork() : []);
}

const named = process.argv.slice(2);
const suites = (named.length ? named : SHORT).filter((suite) => {
  const files = suite === 'browser' ? BROWSER.flatMap(testsIn) : testsIn(suite);
  if (!files.length) console.log(`— ${suite}: no tests`);
  return files.length;
});

/** @returns {Promise<number>} */
async function main() {
  if (!suites.length) throw new Error('There is nothing to test.');
  if (suites.some((suite) => NEED_CHROME.includes(suite))) {
    // Once for all that run: it may have to be installed.
    process.env['CHROME_PATH'] = findChrome();
  }
  if (suites.includes('interop')) requireServers();
  if (suites.some((suite) => NEED_BUILD.includes(suite))) {
    const code = await buildIfNeeded();
    if (code) return code;
  }
  const tellFailures = collectFailures();
  /** @type {string[]} */
  const failed = [];
  try {
    for (const suite of suites) {
      console.log(`— ${suite}`);
      const code = await run(suite);
      if (code > 128) return code;
      if (code) failed.push(suite);
    }
  } finally {
    process.stdout.write(tellFailures());
  }
  console.log(failed.length ? `— failed: ${failed.join(', ')}` : `— passed: ${suites.join(', ')}`);
  return failed.length ? 1 : 0;
}

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
