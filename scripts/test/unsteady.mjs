/**
 * Tells unsteady tests from broken ones: a file that failed is run once more, alone. If it passes then, it is unsteady: the
 * run goes on and reports it. `.cache/unsteady.json` keeps what was unsteady in the last runs of each file.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {within} from '../project.mjs';

/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {{file: string, browser: string, test: string, reason: string, time: string, inARow: number}} Unsteady */

/** More files than these that fail in one run are no accident: none of them is run again. */
export const MOST_UNSTEADY = 3;

const RECORD = '.cache/unsteady.json';
const MOST_KEPT = 100;

/**
 * Runs files that failed once more.
 *
 * @param {readonly Result[]} results Of the first run.
 * @param {(file: string) => Promise<readonly Result[]>} again Runs a file alone and returns its results.
 * @param {{browser: string, record?: string}} options
 * @returns {Promise<{results: Result[], unsteady: Unsteady[]}>} The results with those of the second runs in place of the first.
 */
export async function runUnsteadyAgain(results, again, {browser, record = within(RECORD)}) {
  const known = /** @type {Unsteady[]} */ (
    existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : []
  );
  const isOf = (/** @type {string} */ file) => (/** @type {Unsteady} */ each) =>
    each.file === file && each.browser === browser;
  /** The first failure of each file. @type {Map<string, Result>} */
  const failed = new Map();
  for (const result of results)
    if (result.reason && !failed.has(result.file)) failed.set(result.file, result);
  /** @type {Result[]} */
  let last = [...results];
  /** @type {Unsteady[]} */
  const unsteady = [];
  if (failed.size <= MOST_UNSTEADY)
    for (const [file, {name, reason = ''}] of failed) {
      const second = await again(file);
      const inARow = (known.find(isOf(file))?.inARow ?? 0) + 1;
      last = [...last.filter((result) => result.file !== file), ...second];
      if (second.some((result) => result.reason)) continue;
      unsteady.push({file, browser, test: name, reason, time: new Date().toISOString(), inARow});
      if (inARow > 1) last.push({file, name, ms: 0, reason: `unsteady ${inARow} times in a row: ${reason}`});
    }
  // A file that passed at once is steady again, and stays in the record as one that was not.
  const ran = new Set(results.map(({file}) => file));
  const rest = known
    .filter((each) => !unsteady.some(({file}) => isOf(file)(each)))
    .map((each) => (ran.has(each.file) && isOf(each.file)(each) ? {...each, inARow: 0} : each));
  mkdirSync(dirname(record), {recursive: true});
  writeFileSync(record, `${JSON.stringify([...unsteady, ...rest].slice(0, MOST_KEPT), undefined, 2)}\n`);
  return {results: last, unsteady};
}
