/** What the scripts share: where the project is, and running its tools. */
import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/**
 * The absolute path of something in the project.
 *
 * @param {string} path Relative to its root.
 */
export const within = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * The test files of a folder of `test`, those in folders of it too.
 *
 * @param {string} folder
 */
export const testsIn = (folder) =>
  existsSync(within(`test/${folder}`))
    ? readdirSync(within(`test/${folder}`), {recursive: true})
        .map(String)
        .filter((name) => name.endsWith('.test.ts'))
        .sort()
        .map((name) => `test/${folder}/${name}`)
    : [];

/**
 * Runs Node in the project's root and resolves with the exit code, 128 + n where a signal ended it. A signal to
 * this process ends the child first, so that nothing stays behind.
 *
 * @param {readonly string[]} words Its arguments.
 * @param {NodeJS.ProcessEnv} [environment] Added to this process's environment.
 * @param {readonly string[]} [inside] A command that Node is run by.
 * @returns {Promise<number>}
 */
export function runNode(words, environment = {}, inside = []) {
  const [program = '', ...rest] = [...inside, process.execPath, ...words];
  const child = spawn(program, rest, {
    cwd: within(''),
    stdio: 'inherit',
    env: {...process.env, ...environment},
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  signals.forEach((signal) => process.on(signal, forward));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      signals.forEach((each) => process.off(each, forward));
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGHUP' ? 1 : 15));
    });
  });
}

/**
 * The path of a dependency's program, to be run by {@link runNode}.
 *
 * @param {string} path Inside `node_modules`.
 */
export function tool(path) {
  const found = within(`node_modules/${path}`);
  if (!existsSync(found)) throw new Error('The dependencies are not installed: run "npm ci" first.');
  return found;
}

/**
 * Compares a generated file with what it has to be, and says what to run where they differ.
 *
 * @param {string} path Relative to the project's root.
 * @param {string} current What it holds now.
 * @param {string} wanted What it has to hold.
 * @param {string} command What writes it.
 */
export function requireCurrent(path, current, wanted, command) {
  if (current === wanted) return;
  console.error(`${path} is not current: run "${command}" and commit it.`);
  process.exitCode = 1;
}
