/** A reporter for `node:test` that fails a run in which a file has no test or a test was skipped. */
import {relative, resolve} from 'node:path';

/** @param {AsyncIterable<{type: string, data: any}>} events */
export default async function* strict(events) {
  for await (const {type, data} of events) {
    if (type !== 'test:pass') continue;
    const file = relative('', data.file ?? '');
    // A file in which no test ran is reported as one test with its own path for a name.
    const empty = data.nesting === 0 && data.file && resolve(data.name) === resolve(data.file);
    if (!empty && data.skip === undefined && data.todo === undefined) continue;
    process.exitCode = 1;
    yield empty ? `✖ ${file} has no test\n` : `✖ ${file} left out "${data.name}"\n`;
  }
}
