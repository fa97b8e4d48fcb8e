/** The suites: which folders of `test` they have, what runs them, and how many files at a time. One table. */
import {availableParallelism} from 'node:os';
import {basename} from 'node:path';
import {testsIn} from '../project.mjs';

/**
 * @typedef {object} Suite
 * @property {readonly string[]} folders Of `test`.
 * @property {number} limit How many minutes one file may take. It ends only what would never end.
 * @property {number} jobs How many files run at a time.
 * @property {boolean} [inPage] Its files run in a page, by `@web/test-runner`; in Node otherwise.
 * @property {boolean} [built] It tests the files of `dist`.
 * @property {boolean} [ownNetwork] It runs in a network of its own if the system allows that.
 */

/**
 * @typedef {object} Chosen
 * @property {Suite} suite
 * @property {readonly string[]} files
 * @property {number} jobs
 */

/** Most tests wait for calls, not for a processor. */
const JOBS = 2 * availableParallelism();

/** @type {Readonly<Record<string, Suite>>} */
export const SUITES = {
  browser: {
    folders: ['core', 'media', 'sip', 'dispatch', 'standard', 'controllers', 'elements'],
    limit: 4,
    jobs: JOBS,
    inPage: true,
  },
  server: {folders: ['tooling', 'server'], limit: 4, jobs: JOBS},
  e2e: {folders: ['e2e', 'crowd'], limit: 6, jobs: JOBS, built: true},
  interop: {folders: ['interop'], limit: 10, jobs: 1, built: true, ownNetwork: true},
  // It weighs the memory of pages.
  soak: {folders: ['soak'], limit: 20, jobs: 1, built: true},
};

/** What `npm test` runs, by browser. */
const USUAL = {chromium: ['browser', 'server'], firefox: ['browser', 'e2e'], webkit: ['browser']};

/**
 * What runs in a browser other than Chromium without `--all`, and what can run there at all: see test/README.md.
 *
 * @type {Readonly<Record<string, {usual: RegExp, possible: RegExp}>>}
 */
const BROWSERS = {
  firefox: {
    usual: /^test\/elements\//,
    possible: /^test\/(elements|e2e|crowd|interop|soak)\//,
  },
  // What draws: calls need an RTCPeerConnection, which WebKitGTK does not have.
  webkit: {
    usual: /^test\/elements\/(rendering|bad-input|define|languages|repeat)\.test/,
    possible: /^test\/elements\//,
  },
};

/**
 * Finds the tests that names stand for.
 *
 * @param {readonly string[]} names
 * @param {{browser: string, all: boolean, jobs: number | undefined}} options
 * @returns {Chosen[]} Throws an error that says what there is if a name stands for nothing.
 */
export function chooseTests(names, {browser, all, jobs}) {
  const tests = Object.entries(SUITES).flatMap(([name, suite]) =>
    suite.folders.flatMap(testsIn).map((file) => ({name, suite, file})),
  );
  const usual = names.length > 0 ? [] : USUAL[/** @type {keyof typeof USUAL} */ (browser)];
  const wanted = new Set([...names, ...usual].flatMap((name) => filesOf(name, tests)));
  const sizes = BROWSERS[browser];
  const size = all || names.some((name) => !(name in SUITES)) ? sizes?.possible : sizes?.usual;
  return Object.values(SUITES).flatMap((suite) => {
    const files = tests
      .filter((test) => test.suite === suite && wanted.has(test.file) && (!size || size.test(test.file)))
      .map(({file}) => file);
    return files.length > 0 ? [{suite, files, jobs: jobs ?? suite.jobs}] : [];
  });
}

/**
 * @param {string} name
 * @param {readonly {name: string, file: string}[]} tests
 */
function filesOf(name, tests) {
  const path = name.replace(/^\.\//, '').replace(/\/$/, '');
  const fits = [
    (/** @type {{name: string, file: string}} */ test) => test.name === path || test.file === path,
    (/** @type {{name: string, file: string}} */ {file}) =>
      `${file}/`.startsWith(`${path.replace(/^(test\/)?/, 'test/')}/`),
    (/** @type {{name: string, file: string}} */ {file}) => basename(file, '.test.ts') === path,
    (/** @type {{name: string, file: string}} */ {file}) => basename(file).startsWith(path),
  ];
  for (const fit of fits) {
    const found = tests.filter(fit);
    if (found.length > 0) return found.map(({file}) => file);
  }
  throw new Error(
    `No test is called "${name}". Suites: ${Object.keys(SUITES).join(', ')}; others are folders and files of test/.`,
  );
}
