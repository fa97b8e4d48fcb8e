/**
 * Runs tests: `npm test -- [--browser=firefox] [--all] [--jobs=N] [--figures] [NAME …]`.
 *
 * A NAME is a suite (`e2e`), a folder of `test` (`elements`), a file, or the beginning of a file's name (`sip-call`);
 * without one, the suites of `npm test` run in parallel. The run ends with the slowest files, the failures, and the
 * counts. `--figures` writes how long a run of `npm test` took into the documentation.
 */
import {once} from 'node:events';
import {createServer} from 'node:net';
import {parseArgs} from 'node:util';
import {requireAsterisk} from './asterisk.mjs';
import {findChrome, findHeadlessChrome} from './browsers.mjs';
import {buildIfNeeded} from './build.mjs';
import {writeTime} from './figures.mjs';
import {findFreeSwitch} from './freeswitch.mjs';
import {ownNetwork, requireServers} from './interop.mjs';
import {runNode, tool} from './project.mjs';
import {startSound} from './sound.mjs';
import {bundleForNode} from './test/node-bundle.mjs';
import {nodeRun} from './test/node-run.mjs';
import {collectResults, printEnd} from './test/results.mjs';
import {chooseTests} from './test/suites.mjs';
import {runUnsteadyAgain} from './test/unsteady.mjs';
import {startWebKit} from './webkit.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    browser: {type: 'string', default: process.env['SIP_ELEMENTS_BROWSER'] ?? 'chromium'},
    all: {type: 'boolean', default: false},
    jobs: {type: 'string'},
    figures: {type: 'boolean', default: false},
  },
});

/**
 * Starts what a browser needs around it.
 *
 * @param {string} browser
 * @returns {Promise<{environment: NodeJS.ProcessEnv, stop(): Promise<void>}>}
 */
async function surround(browser) {
  if (browser === 'firefox') return startSound();
  if (browser === 'webkit') return startWebKit();
  return {environment: {}, stop: async () => {}};
}

/**
 * Runs the files of one suite.
 *
 * @param {import('./test/suites.mjs').Chosen} chosen
 * @param {NodeJS.ProcessEnv} environment
 */
async function run({suite, files, jobs}, environment) {
  if (suite.inPage) {
    // Two runners that start at once would choose the same free port.
    const asked = {
      TEST_FILES: files.join('\n'),
      TEST_JOBS: String(jobs),
      TEST_PORT: String(await freePort()),
    };
    return runNode([tool('@web/test-runner/dist/bin.js')], {...environment, ...asked});
  }
  const bundles = await bundleForNode(files);
  try {
    const {words, environment: limits} = nodeRun(bundles.files, {jobs, limit: suite.limit * 60_000});
    const inside = suite.ownNetwork ? ownNetwork(suite.address) : [];
    return await runNode(words, {...environment, ...limits}, inside);
  } finally {
    bundles.remove();
  }
}

/** @returns {Promise<number>} A free port of the loopback. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Finds FreeSWITCH for the tests that need it; without one, takes them out and returns what to say of that.
 *
 * @param {import('./test/suites.mjs').Chosen[]} chosen
 */
function provideFreeSwitch(chosen) {
  const needs = (/** @type {string} */ file) => file.startsWith('test/interop/freeswitch/');
  if (!chosen.some(({files}) => files.some(needs))) return undefined;
  const {root, reason} = findFreeSwitch();
  if (root) {
    process.env['FREESWITCH_ROOT'] = root;
    return undefined;
  }
  if (chosen.every(({files}) => files.every(needs))) throw new Error(reason);
  for (const each of chosen) each.files = each.files.filter((file) => !needs(file));
  return `FreeSWITCH was not tested: ${reason}`;
}

/** @returns {Promise<number>} */
async function main() {
  const {browser, all} = values;
  const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0))
    throw new Error(`--jobs is how many files of a suite run at a time, 1 or more, not "${values.jobs}".`);
  const chosen = chooseTests(positionals, {browser, all, jobs});
  // Set once for all processes: the browsers may have to be installed.
  if (chosen.some(({suite}) => suite.inPage)) process.env['HEADLESS_CHROME_PATH'] = findHeadlessChrome();
  process.env['CHROME_PATH'] = findChrome();
  if (chosen.some(({suite}) => suite.ownNetwork)) requireServers();
  if (chosen.some(({suite}) => suite.folders.includes('rooms')))
    process.env['ASTERISK_ROOT'] = requireAsterisk();
  const untested = provideFreeSwitch(chosen);
  if (chosen.some(({suite}) => suite.built)) {
    const code = await buildIfNeeded();
    if (code) return code;
  }
  let endResults = collectResults();
  const {environment, stop} = await surround(browser);
  const began = Date.now();
  try {
    const asked = {...environment, SIP_ELEMENTS_BROWSER: browser, ...(all && {TEST_ALL: '1'})};
    const codes = await Promise.all(chosen.filter(({suite}) => !suite.alone).map((each) => run(each, asked)));
    for (const each of chosen.filter(({suite}) => suite.alone)) codes.push(await run(each, asked));
    const first = withMissing(
      endResults(),
      chosen.flatMap(({files}) => files),
    );
    // A runner that failed without a failed test has failed as a whole.
    const broken = Math.max(...codes) > 0 && !first.some(({reason}) => reason);
    const {results, unsteady} = await runUnsteadyAgain(first, again, {browser});
    printEnd(results, unsteady);
    if (untested) console.log(untested);
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`in ${seconds} s${unsteady.length ? `, ${unsteady.length} unsteady` : ''}`);
    const code = broken || results.some(({reason}) => reason) ? 1 : 0;
    const usual = positionals.length === 0 && browser === 'chromium' && jobs === undefined;
    if (values.figures && usual && code === 0) writeTime('npm test', seconds);
    return code;

    /** Runs one file alone. @param {string} file */
    async function again(file) {
      const part = chosen.find(({files}) => files.includes(file));
      if (!part) return [];
      console.log(`\n${file} failed: it is run once more.`);
      endResults = collectResults();
      await run({...part, files: [file], jobs: 1}, asked);
      return withMissing(endResults(), [file]);
    }
  } finally {
    endResults();
    await stop();
  }
}

/**
 * Adds a failure for each file that has no result: its process ended before it.
 *
 * @param {readonly import('./test/results.mjs').Result[]} results
 * @param {readonly string[]} files
 */
function withMissing(results, files) {
  const tested = new Set(results.map(({file}) => file));
  const missing = files.filter((file) => !tested.has(file));
  return [
    ...results,
    ...missing.map((file) => ({file, name: 'the file itself', ms: 0, reason: 'did not end'})),
  ];
}

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
