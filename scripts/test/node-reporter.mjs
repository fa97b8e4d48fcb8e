/**
 * A reporter of `node:test`: prints one line for each block of a file when it ends, and failures in full, and collects
 * the results for the end of the run. A skipped test and a file without a test are failures. For a file that was
 * aborted it names the test that hung.
 */
import {resolve} from 'node:path';
import {inspect} from 'node:util';
import {sourceOf} from './node-bundle.mjs';
import {keepResults, reasonIn} from './results.mjs';
import {ENDED} from './watchdog.mjs';

/** @param {AsyncIterable<{type: string, data: any}>} events */
export default async function* nodeReporter(events) {
  /** The names of the current blocks of a file, by the file. @type {Map<string, string[]>} */
  const blocks = new Map();
  /**
   * How long the tests of a file's current top-level block have taken so far, by the file. @type {Map<string, number>}
   */
  const tested = new Map();
  /** The running test with its blocks, by the file. @type {Map<string, string[]>} */
  const running = new Map();
  for await (const {type, data} of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (!data?.file) continue;
    const file = sourceOf(data.file);
    if (type === 'test:dequeue' && !isFile(data)) {
      running.set(file, [...(running.get(file) ?? []).slice(0, data.nesting), data.name]);
    } else if (type === 'test:start') {
      blocks.set(file, [...(blocks.get(file) ?? []).slice(0, data.nesting), data.name]);
    } else if (type === 'test:diagnostic') {
      yield `  ${file}: ${data.message}\n`;
    } else if (type === 'test:pass' || type === 'test:fail') {
      const ms = data.details?.duration_ms ?? 0;
      const path = blocks.get(file)?.slice(0, data.nesting) ?? [];
      let reason = reasonOf(type, data);
      if (type === 'test:fail' && reason && isFile(data))
        reason += `, in: ${running.get(file)?.join(' > ') ?? 'none'}`;
      const isTest = data.details?.type !== 'suite' && data.details?.error?.failureType !== 'subtestsFailed';
      if (isTest || reason)
        keepResults([{file, name: [...path, data.name].join(' > '), ms, ...(reason && {reason})}]);
      if (reason) {
        process.exitCode = 1;
        yield `✖ ${file} > ${[...path, data.name].join(' > ')}\n${inspect(data.details?.error?.cause ?? data.details?.error)}\n`;
      }
      if (isTest) tested.set(file, (tested.get(file) ?? 0) + ms);
      if (data.nesting === 0) {
        // The rest is spent in hooks, which open browsers and servers.
        if (!isTest) keepResults([{file, name: 'hooks', ms: ms - (tested.get(file) ?? 0), isHook: true}]);
        tested.delete(file);
        yield `${type === 'test:pass' ? '✔' : '✖'} ${file}: ${data.name}, ${(ms / 1000).toFixed(1)} s\n`;
      }
    }
  }
}

/**
 * Whether an event concerns the file itself. A file that was aborted, or in which no test ran, is reported as one test
 * whose name is the file's path.
 *
 * @param {any} data
 */
const isFile = ({name, nesting, file}) => nesting === 0 && resolve(name) === resolve(file);

/**
 * Returns why it counts as failed; undefined if it passed, or if only a test inside it failed.
 *
 * @param {string} type
 * @param {any} data
 * @returns {string | undefined}
 */
function reasonOf(type, data) {
  if (type === 'test:pass' && isFile(data)) return 'has no test';
  const {skip, todo, details} = data;
  if (skip !== undefined || todo !== undefined) return 'was skipped';
  const {error} = details ?? {};
  if (type === 'test:pass' || error?.failureType === 'subtestsFailed') return undefined;
  if (error?.exitCode === ENDED) return 'no test ended within the limit';
  return reasonIn(String(error?.cause?.message ?? error?.message ?? error));
}
