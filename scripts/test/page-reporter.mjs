/** A reporter of `@web/test-runner`: prints one line for each file when it ends, and collects its results. */
import {relative} from 'node:path';
import {keepResults, reasonIn} from './results.mjs';

/** @returns {import('@web/test-runner').Reporter} */
export const pageReporter = () => ({
  reportTestFileResults({sessionsForTestFile, testFile}) {
    const file = relative('', testFile);
    const results = sessionsForTestFile.flatMap((session) => resultsOf(session, file));
    keepResults(results);
    const failed = results.filter(({reason}) => reason).length;
    const seconds = (results.reduce((sum, {ms}) => sum + ms, 0) / 1000).toFixed(1);
    const counts = `${results.length - failed} passed${failed ? `, ${failed} failed` : ''}`;
    // The runner's logger would print control characters.
    process.stdout.write(`${failed ? '✖' : '✔'} ${file}: ${counts}, ${seconds} s\n`);
  },
});

/**
 * @param {import('@web/test-runner').TestSession} session
 * @param {string} file
 * @returns {import('./results.mjs').Result[]}
 */
function resultsOf({errors, testResults}, file) {
  const tests = testResults ? testsIn(testResults, [], file) : [];
  const broken = errors.map(({message}) => ({
    file,
    name: 'the file itself',
    ms: 0,
    reason: reasonIn(message),
  }));
  if (tests.length || broken.length) return [...broken, ...tests];
  return [{file, name: 'the file itself', ms: 0, reason: 'has no test'}];
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @param {readonly string[]} path
 * @param {string} file
 * @returns {import('./results.mjs').Result[]}
 */
function testsIn({suites, tests}, path, file) {
  return [
    ...tests.map(({name, passed, skipped, duration, error}) => ({
      file,
      name: [...path, name].join(' > '),
      ms: duration ?? 0,
      ...(skipped && {reason: 'was skipped'}),
      ...(!passed && !skipped && {reason: reasonIn(error?.message ?? '')}),
    })),
    ...suites.flatMap((suite) => testsIn(suite, [...path, suite.name], file)),
  ];
}
