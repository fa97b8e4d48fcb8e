import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';
import {FIREFOX_TESTS} from '../../scripts/test/firefox.mjs';
import {nodeRun} from '../../scripts/test/node-run.mjs';
import type {Result} from '../../scripts/test/results.mjs';
import {chooseTests} from '../../scripts/test/suites.mjs';
import {runUnsteadyAgain} from '../../scripts/test/unsteady.mjs';

describe('the choice of tests', () => {
  const choose = (names: string[], {browser = 'chromium', all = false} = {}): string[] =>
    chooseTests(names, {browser, all, jobs: undefined}).flatMap(({files}) => files);

  it('finds a file by its path, its name and the beginning of its name', () => {
    for (const name of ['test/e2e/calls/two-phones.test.ts', 'e2e/two-phones', 'two-phones', 'two-ph'])
      assert.deepEqual(choose([name]), ['test/e2e/calls/two-phones.test.ts']);
  });

  it('finds folders and suites', () => {
    assert.ok(choose(['elements']).every((file) => file.startsWith('test/elements/')));
    assert.ok(choose(['server']).some((file) => file.startsWith('test/tooling/')));
  });

  it('runs what npm test runs if nothing is named', () => {
    const files = choose([]);
    assert.ok(
      files.includes('test/elements/sip-call/sip-call.test.ts') && files.includes('test/server/http.test.ts'),
    );
    assert.ok(!files.some((file) => /^test\/(e2e|crowd|interop|soak)\//.test(file)));
  });

  it('runs in Firefox what differs there, all of it with --all, and any file by its name', () => {
    const usual = choose(['browser', 'e2e', 'crowd', 'interop'], {browser: 'firefox'});
    assert.deepEqual(
      usual.sort(),
      Object.keys(FIREFOX_TESTS)
        .map((name) => `test/${name}.test.ts`)
        .sort(),
    );
    assert.ok(choose([], {browser: 'firefox', all: true}).length > usual.length);
    assert.deepEqual(choose(['e2e/messages'], {browser: 'firefox'}), ['test/e2e/pages/messages.test.ts']);
  });

  it('divides the files of a page among as many browsers as it may start if a browser has one window', () => {
    const options = {browser: 'firefox', all: false, jobs: 2};
    const parts = chooseTests(['sip-keypad', 'sip-upload', 'sip-video'], options);
    assert.deepEqual(
      parts.map(({files, jobs}) => [files.length, jobs]),
      [
        [2, 1],
        [1, 1],
      ],
    );
  });

  it('says what there is if a name stands for nothing', () => {
    assert.throws(
      () => choose(['nothing']),
      /No test is called "nothing"\. Suites: browser, server, look, e2e/,
    );
    assert.throws(() => choose(['server'], {browser: 'firefox'}), /Nothing of "server" can run in firefox/);
    assert.throws(() => choose([], {browser: 'opera'}), /--browser is one of chromium, firefox, webkit/);
  });
});

/** How long one test of the run below may take, in milliseconds. */
const LIMIT = 3_000;

describe('a run of tests in Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-runner-'));
  const collected = join(folder, 'results.jsonl');
  let status: number | null;
  let results: Result[];

  before(() => {
    const start = `import {describe, it} from 'node:test';`;
    writeFileSync(
      join(folder, 'some.test.mjs'),
      `${start} describe('one', () => { it('passes', () => {}); it('fails', () => { throw new Error('why'); }); it('prints', () => { throw new Error('\\n\\nwhy\\nso'); }); it('says nothing', () => { throw new Error(''); }); it.skip('waits'); });`,
    );
    writeFileSync(join(folder, 'empty.test.mjs'), '');
    writeFileSync(
      join(folder, 'hanging.test.mjs'),
      `${start} describe('one', () => { it('ends', () => {}); it('hangs', () => new Promise((done) => setTimeout(done, 1e6))); });`,
    );
    // Together they take longer than one may.
    writeFileSync(
      join(folder, 'long.test.mjs'),
      `${start} describe('many', () => { for (let i = 1; i <= 5; i++) it(\`takes a while, \${i}\`, () => new Promise((done) => setTimeout(done, ${LIMIT / 3}))); });`,
    );
    const {NODE_TEST_CONTEXT: _, ...environment} = process.env;
    const files = ['some', 'empty', 'hanging', 'long'].map((name) => join(folder, `${name}.test.mjs`));
    const {words, environment: limits} = nodeRun(files, {jobs: 2, limit: LIMIT});
    ({status} = spawnSync(process.execPath, words, {
      cwd: within(''),
      env: {...environment, ...limits, TEST_RESULTS_FILE: collected},
    }));
    results = readFileSync(collected, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Result)
      .filter(({isHook}) => !isHook);
  });
  after(() => rmSync(folder, {recursive: true, force: true}));

  it('fails if a test fails, is skipped or hangs, or a file has none', () => {
    assert.equal(status, 1);
    const others = results.filter(({file}) => !file.endsWith('long.test.mjs'));
    assert.deepEqual(others.map(({name, reason}) => [name.replace(folder, ''), reason]).sort(), [
      ['/empty.test.mjs', 'has no test'],
      ['/hanging.test.mjs', 'no test ended within the limit, in: one > hangs'],
      ['one > ends', undefined],
      ['one > fails', 'why'],
      ['one > passes', undefined],
      ['one > prints', 'why'],
      ['one > says nothing', 'no reason given'],
      ['one > waits', 'was skipped'],
    ]);
  });

  it('does not end a file whose tests take longer together than one of them may', () => {
    const long = results.filter(({file}) => file.endsWith('long.test.mjs'));
    assert.deepEqual(
      long.map(({reason}) => reason),
      [1, 2, 3, 4, 5].map(() => undefined),
    );
    assert.ok(long.reduce((sum, {ms}) => sum + ms, 0) > LIMIT);
  });
});

describe('an unsteady file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sip-elements-unsteady-'));
  const record = join(folder, 'unsteady.json');
  after(() => rmSync(folder, {recursive: true, force: true}));

  const result = (file: string, reason?: string): Result => ({
    file,
    name: 'a test',
    ms: 1,
    ...(reason && {reason}),
  });
  const passes = async (file: string) => [result(file)];
  const again = (results: Result[], second: (file: string) => Promise<Result[]>) =>
    runUnsteadyAgain(results, second, {browser: 'chromium', record});
  const reasons = (results: readonly Result[]) => results.flatMap(({reason}) => reason ?? []);

  it('passes if it passes alone, and is reported with its first failure', async () => {
    const {results, unsteady} = await again([result('a', 'why'), result('b')], passes);
    assert.deepEqual(reasons(results), []);
    assert.deepEqual(
      unsteady.map(({file, test, reason}) => [file, test, reason]),
      [['a', 'a test', 'why']],
    );
  });

  it('fails if it was unsteady in its last run, too', async () => {
    const {results} = await again([result('a', 'so')], passes);
    assert.deepEqual(reasons(results), ['unsteady 2 times in a row: so']);
    await again([result('a')], passes);
    assert.deepEqual(reasons((await again([result('a', 'why')], passes)).results), []);
  });

  it('fails if it fails alone, too', async () => {
    assert.deepEqual(reasons((await again([result('c', 'why')], async () => [result('c', 'so')])).results), [
      'so',
    ]);
  });

  it('is not run again if more than three files fail', async () => {
    const four = ['e', 'f', 'g', 'h'].map((file) => result(file, 'why'));
    const {results} = await again(four, async () => assert.fail('ran again'));
    assert.equal(reasons(results).length, 4);
  });
});
