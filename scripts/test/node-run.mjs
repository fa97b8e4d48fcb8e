/** How `node:test` is run: by `npm test`, and by the tests of the run itself. */
import {pathToFileURL} from 'node:url';
import {within} from '../project.mjs';

/**
 * The arguments and the environment of Node for files of tests.
 *
 * @param {readonly string[]} files
 * @param {{jobs: number, limit: number}} options `limit`: how long one test may take, in milliseconds.
 * @returns {{words: string[], environment: NodeJS.ProcessEnv}}
 */
export const nodeRun = (files, {jobs, limit}) => ({
  words: [
    ...['--enable-source-maps', '--test', `--test-concurrency=${jobs}`],
    ...['--import', pathToFileURL(within('scripts/test/watchdog.mjs')).href],
    ...['--test-reporter=./scripts/test/node-reporter.mjs', '--test-reporter-destination=stdout'],
    ...files,
  ],
  environment: {TEST_LIMIT: String(limit)},
});
