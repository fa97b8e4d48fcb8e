/**
 * Collects the results of every test of a run from parallel processes, and prints the end of the run: the failures, the
 * slowest files, and how many passed.
 */
import {appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/**
 * @typedef {object} Result
 * @property {string} file Relative to the project's root.
 * @property {string} name With the names of the blocks around it.
 * @property {number} ms How long the test took, without the hooks around it.
 * @property {boolean} [isHook] Whether it is the hooks around tests instead of a test.
 * @property {string} [reason] Why it failed; absent if it passed.
 */

/** The environment variable that names the file of the results. */
const VARIABLE = 'TEST_RESULTS_FILE';
const SLOWEST = 10;

/**
 * Adds results to those of the run. If there is no run, prints the failures.
 *
 * @param {readonly Result[]} results
 */
export function keepResults(results) {
  const collected = process.env[VARIABLE];
  if (collected) appendFileSync(collected, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  else
    for (const {file, name, reason} of results) if (reason) console.error(`✖ ${file} > ${name}: ${reason}`);
}

/**
 * Begins a run.
 *
 * @returns {() => Result[]} Ends the run and returns its results.
 */
export function collectResults() {
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-results-'));
  const collected = (process.env[VARIABLE] = join(folder, 'results.jsonl'));
  return () => {
    const lines = existsSync(collected) ? readFileSync(collected, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(folder, {recursive: true, force: true});
    return lines.map((line) => JSON.parse(line));
  };
}

/**
 * Returns the first line of an error's message: never an empty text, because a result without a reason has passed.
 *
 * @param {string} message
 */
export const reasonIn = (message) => message.trim().split('\n', 1)[0] || 'no reason given';

/**
 * Prints the slowest files, the failures with their reasons, what was unsteady, and the counts.
 *
 * @param {readonly Result[]} results
 * @param {readonly import('./unsteady.mjs').Unsteady[]} unsteady
 */
export function printEnd(results, unsteady) {
  const tests = results.filter(({isHook}) => !isHook);
  const failed = tests.filter(({reason}) => reason);
  console.log(`\nSlowest files:`);
  for (const [file, {ms, tests}] of slowestFiles(results).slice(0, SLOWEST))
    console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${file} (${tests} tests)`);
  if (failed.length) console.log('\nFailed:');
  for (const {file, name, reason} of failed) console.log(`✖ ${file} > ${name}: ${reason}`);
  if (unsteady.length) console.log('');
  for (const {file, test, reason} of unsteady) console.log(`unsteady: ${file}, ${test}, ${reason}`);
  console.log(`\n${tests.length - failed.length} passed, ${failed.length} failed`);
}

/** @param {readonly Result[]} results */
function slowestFiles(results) {
  /** @type {Map<string, {ms: number, tests: number}>} */
  const files = new Map();
  for (const {file, ms, isHook} of results) {
    const before = files.get(file) ?? {ms: 0, tests: 0};
    files.set(file, {ms: before.ms + ms, tests: before.tests + (isHook ? 0 : 1)});
  }
  return [...files].sort(([, one], [, other]) => other.ms - one.ms);
}
