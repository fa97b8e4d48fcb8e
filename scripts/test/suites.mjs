/** The suites: their folders of `test`, what runs them, and how many files run at a time. One table. */
import {availableParallelism} from 'node:os';
import {basename, dirname} from 'node:path';
import {testsIn} from '../project.mjs';
import {FIREFOX_TESTS} from './firefox.mjs';

/**
 * @typedef {object} Suite
 * @property {readonly string[]} folders Of `test`.
 * @property {number} limit How many minutes one test may take, with its hooks. It ends only what would never end: a file may
 *   have any number of tests, and a busy machine takes long for each.
 * @property {number} jobs How many files run at a time.
 * @property {boolean} [inPage] Its files run in a page, by `@web/test-runner`; in Node otherwise.
 * @property {boolean} [built] It tests the files of `dist`.
 * @property {boolean} [alone] It runs after all others, not in parallel: its calls need the whole machine to be on
 *   time.
 * @property {boolean} [ownNetwork] It runs in a separate network if the system allows that.
 * @property {string} [address] A further address of that network.
 */

/**
 * @typedef {object} Chosen
 * @property {Suite} suite
 * @property {string[]} files
 * @property {number} jobs
 */

const CORES = availableParallelism();

/** Asterisk receives no media at an address of the loopback's own, 127.0.0.0/8. */
const ASTERISK = '198.51.100.1/32';

/** @type {Readonly<Record<string, Suite>>} */
export const SUITES = {
  browser: {
    folders: [
      'core',
      'media',
      'sip',
      'dispatch',
      'standard',
      'functions',
      'frames',
      'links',
      'controllers',
      'elements',
    ],
    limit: 4,
    jobs: CORES + 1,
    inPage: true,
  },
  // It mixes sound in real time, in parallel with the pages.
  server: {folders: ['tooling', 'server'], limit: 4, jobs: CORES},
  // It compares pictures, in a browser of its own, which would take the pages' time.
  look: {folders: ['look'], limit: 8, jobs: 1, alone: true},
  e2e: {folders: ['e2e'], limit: 6, jobs: CORES, built: true, alone: true},
  // Files with four or more pages each: with two files at a time, not every user would be heard.
  crowd: {folders: ['crowd'], limit: 6, jobs: 1, built: true, alone: true},
  // The packages, and the applications of `demo/frameworks`, which `npm run test:frameworks` builds.
  frameworks: {folders: ['frameworks'], limit: 12, jobs: 1, built: true, alone: true},
  interop: {folders: ['interop'], limit: 10, jobs: 1, built: true, alone: true, ownNetwork: true},
  // Rooms of an Asterisk, which Debian's stable release does not have: run by hand.
  rooms: {
    folders: ['rooms'],
    limit: 10,
    jobs: 1,
    built: true,
    alone: true,
    ownNetwork: true,
    address: ASTERISK,
  },
  faults: {folders: ['faults'], limit: 90, jobs: 1, built: true, alone: true, ownNetwork: true},
  // It measures the memory of pages.
  soak: {folders: ['soak'], limit: 20, jobs: 1, built: true, alone: true},
};

/** @typedef {(file: string) => boolean} Fits Whether a file of `test` is included. */

/** @type {Fits} Tests of what Firefox does differently. */
const differsInFirefox = (file) => file.replace(/^test\/|\.test\.ts$/g, '') in FIREFOX_TESTS;

/** Tests of rendering. Calls need an RTCPeerConnection, which WebKitGTK does not have. */
const DRAWS = /^test\/elements\/(rendering|bad-input|define|languages|shared\/repeat)\.test/;

/**
 * What each browser runs: the suites that run without a name, a suite's usual files, and the files that can run there
 * with `--all` or if they are named.
 *
 * A browser with one window runs one file in a page at a time; a suite is then divided among `jobs` browsers.
 *
 * @type {Readonly<Record<string, {suites: readonly string[], usual: Fits, possible: Fits, jobs?: number, oneWindow?: true}>>}
 */
const BROWSERS = {
  chromium: {suites: ['browser', 'server'], usual: () => true, possible: () => true},
  firefox: {
    suites: ['browser', 'e2e', 'crowd'],
    usual: differsInFirefox,
    possible: (file) => /^test\/(elements|e2e|crowd|interop)\//.test(file) || differsInFirefox(file),
    jobs: CORES,
    oneWindow: true,
  },
  webkit: {
    suites: ['browser'],
    usual: (file) => DRAWS.test(file),
    possible: (file) => file.startsWith('test/elements/'),
    jobs: 1,
    oneWindow: true,
  },
};

/**
 * Finds the tests for names.
 *
 * @param {readonly string[]} names
 * @param {{browser: string, all: boolean, jobs: number | undefined}} options
 * @returns {Chosen[]} Throws an error that lists the valid names if a name matches nothing.
 */
export function chooseTests(names, {browser, all, jobs}) {
  const sizes = BROWSERS[browser];
  if (!sizes) throw new Error(`--browser is one of ${Object.keys(BROWSERS).join(', ')}, not "${browser}".`);
  const tests = Object.entries(SUITES).flatMap(([name, suite]) =>
    suite.folders.flatMap(testsIn).map((file) => ({name, suite, file})),
  );
  /** @type {Set<string>} */
  const wanted = new Set();
  for (const name of names.length > 0 ? names : sizes.suites) {
    const fits = all || !(name in SUITES) ? sizes.possible : sizes.usual;
    const files = filesOf(name, tests).filter(fits);
    if (files.length === 0) throw new Error(`Nothing of "${name}" can run in ${browser}.`);
    files.forEach((file) => wanted.add(file));
  }
  return Object.values(SUITES).flatMap((suite) => {
    const files = tests.filter((test) => test.suite === suite && wanted.has(test.file)).map(({file}) => file);
    if (files.length === 0) return [];
    const atATime = jobs ?? Math.min(suite.jobs, sizes.jobs ?? suite.jobs);
    if (!suite.inPage || !sizes.oneWindow) return [{suite, files, jobs: atATime}];
    const parts = Array.from({length: Math.min(atATime, files.length)}, (_, part) =>
      files.filter((_, index) => index % atATime === part),
    );
    return parts.map((part) => ({suite, files: part, jobs: 1}));
  });
}

/**
 * @param {string} name
 * @param {readonly {name: string, file: string}[]} tests
 */
function filesOf(name, tests) {
  const path = name.replace(/^\.?\/?(test\/)?/, '').replace(/(\.test\.ts|\/)$/, '');
  /** @type {((test: {name: string, file: string}) => boolean)[]} */
  const fits = [
    (test) => test.name === path,
    ({file}) => file === `test/${path}.test.ts` || file.startsWith(`test/${path}/`),
    ({file}) => basename(file, '.test.ts') === basename(path) && file.startsWith(`test/${dirname(path)}/`),
    ({file}) => basename(file, '.test.ts') === path,
    ({file}) => basename(file).startsWith(path),
  ];
  for (const fit of fits) {
    const found = tests.filter(fit);
    if (found.length > 0) return found.map(({file}) => file);
  }
  throw new Error(
    `No test is called "${name}". Suites: ${Object.keys(SUITES).join(', ')}; others are folders and files of test/.`,
  );
}
