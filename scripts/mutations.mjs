/**
 * Checks that the tests can fail: makes each fault of `test/mutations/mutations.mjs` in a copy of the project and runs
 * the tests that must catch it. `node scripts/mutations.mjs [FROM [TO]]` runs some of them, counted from 1.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {MUTATIONS} from '../test/mutations/mutations.mjs';
import {within} from './project.mjs';

const copy = within('.cache/mutations');

function makeCopy() {
  rmSync(copy, {recursive: true, force: true});
  const {stdout} = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: within(''),
    encoding: 'utf8',
  });
  for (const file of stdout.split('\n').filter(Boolean)) {
    mkdirSync(join(copy, dirname(file)), {recursive: true});
    cpSync(within(file), join(copy, file));
  }
  symlinkSync(within('node_modules'), join(copy, 'node_modules'));
}

/**
 * Runs tests in the copy.
 *
 * @param {Iterable<string>} names
 * @returns {string | undefined} The first failure.
 */
function failureOf(names) {
  const {stdout} = spawnSync(process.execPath, ['scripts/test.mjs', ...names], {
    cwd: copy,
    encoding: 'utf8',
    // The first failure of a file is enough.
    env: {...process.env, TEST_BAIL: '1'},
  });
  const end = stdout.split('\nSlowest files:')[1];
  if (end === undefined) throw new Error(`The tests did not run:\n${stdout}`);
  return /^✖ (.*)$/m.exec(end)?.[1];
}

/** @param {(typeof MUTATIONS)[number]} mutation */
function failureWith({file, from, to, tests}) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not have this once: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return failureOf(tests.split(' '));
  } finally {
    writeFileSync(path, text);
  }
}

/** @returns {number} How many faults were not caught. */
function run() {
  makeCopy();
  const [first = 1, last = MUTATIONS.length] = process.argv.slice(2).map(Number);
  const chosen = MUTATIONS.slice(first - 1, last);
  const failure = failureOf(new Set(chosen.flatMap(({tests}) => tests.split(' '))));
  if (failure) throw new Error(`It fails without any fault: ${failure}`);
  let missed = 0;
  for (const [index, mutation] of chosen.entries()) {
    const caught = failureWith(mutation);
    if (!caught) missed += 1;
    console.log(`${caught ? '✔' : '✖'} ${first + index}. ${mutation.fault}\n    ${caught ?? 'NOT CAUGHT'}`);
  }
  console.log(`${missed} not caught`);
  return missed;
}

try {
  process.exitCode = run() ? 1 : 0;
} finally {
  rmSync(copy, {recursive: true, force: true});
}
