/** What failed, told once more at the end of a run: in the middle of thousands of lines nobody finds it. */
import {appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';

/** The file into which a run's suites write, by its name in their environment. */
const FILE = 'TEST_FAILURES_FILE';

/**
 * Keeps failures for the end of the run; tells them at once where a suite runs by itself.
 *
 * @param {readonly string[]} failures
 */
export function keepFailures(failures) {
  const file = process.env[FILE];
  const text = failures.map((failure) => `✖ ${failure}\n`).join('');
  if (file) appendFileSync(file, text);
  else process.stderr.write(text);
}

/** Begins to keep failures; what it gives tells them, and forgets them. */
export function collectFailures() {
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-failures-'));
  const file = (process.env[FILE] = join(folder, 'failures.txt'));
  return () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    rmSync(folder, {recursive: true, force: true});
    return text;
  };
}

/**
 * The failures of web-test-runner, as a reporter of it.
 *
 * @returns {import('@web/test-runner').Reporter}
 */
export const failuresReporter = () => ({
  onTestRunFinished({sessions}) {
    keepFailures(sessions.flatMap(failuresOf));
  },
});

/** @param {import('@web/test-runner').TestSession} session */
function failuresOf({testFile, errors, testResults}) {
  const file = relative('', testFile);
  const said = errors.map(({message}) => `${file}: ${message}`);
  return testResults ? [...said, ...failuresIn(testResults, file)] : said;
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @param {string} path What is above it.
 * @returns {string[]}
 */
function failuresIn({suites, tests}, path) {
  const failed = tests.filter(({passed, skipped}) => !passed && !skipped);
  return [
    ...failed.map(({name, error}) => `${path} > ${name}: ${error?.message ?? 'no reason given'}`),
    ...suites.flatMap((suite) => failuresIn(suite, `${path} > ${suite.name}`)),
  ];
}
