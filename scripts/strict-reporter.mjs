/**
 * A reporter for `node:test` that fails a run in which a file has no test or a test was skipped, and keeps what failed
 * for the end.
 */
import {relative, resolve} from 'node:path';
import {keepFailures} from './failures.mjs';

/** @param {AsyncIterable<{type: string, data: any}>} events */
export default async function* strict(events) {
  for await (const {type, data} of events) {
    const file = relative('', data?.file ?? '');
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') {
      keepFailures([`${file} > ${data.name}: ${reasonOf(data.details?.error)}`]);
    }
    if (type !== 'test:pass') continue;
    // A file in which no test ran is reported as one test with its own path for a name.
    const empty = data.nesting === 0 && data.file && resolve(data.name) === resolve(data.file);
    if (!empty && data.skip === undefined && data.todo === undefined) continue;
    process.exitCode = 1;
    keepFailures([empty ? `${file} has no test` : `${file} left out "${data.name}"`]);
  }
}

/** The first line of what failed a test. @param {any} error */
const reasonOf = (error) => String(error?.cause?.message ?? error?.message ?? error).split('\n', 1)[0];
