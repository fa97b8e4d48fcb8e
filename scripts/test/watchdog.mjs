/**
 * Ends a file of tests in which no test has begun or ended for a while: preloaded into each process of a run.
 *
 * The limit is for one test with its hooks, not for the file: a file with many tests takes longer on a busy machine, and
 * is ended only if it would never end. `TEST_LIMIT` is the limit in milliseconds.
 */
import {afterEach, beforeEach} from 'node:test';

/** The exit code of a file that was ended. */
export const ENDED = 124;

// The process that runs the files loads this module too.
if (process.env['NODE_TEST_CONTEXT']) {
  // A failure inside the library that drives the browser names the line of the test, too.
  Error.stackTraceLimit = 50;
  const limit = Number(process.env['TEST_LIMIT']);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const begin = () => {
    clearTimeout(timer);
    // It keeps no file alive that has ended.
    timer = setTimeout(() => process.exit(ENDED), limit).unref();
  };
  begin();
  beforeEach(begin);
  afterEach(begin);
}
