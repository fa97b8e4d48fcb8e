/** Shared by the scripts: the project's paths, and running its tools. */
import {spawn} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/**
 * Returns the absolute path of something in the project.
 *
 * @param {string} path Relative to its root.
 */
export const within = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Returns the test files of a folder of `test`, including subfolders.
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
 * Returns whether a file exists and is not older than any of its sources.
 *
 * @param {string} built
 * @param {readonly string[]} sources Files and folders, relative to the project's root.
 */
export const isCurrent = (built, sources) =>
  existsSync(built) && newest(sources.map(within)) <= statSync(built).mtimeMs;

/**
 * Returns the time of the last change, in ms since 1970.
 *
 * @param {readonly string[]} paths
 * @returns {number}
 */
function newest(paths) {
  return Math.max(
    0,
    ...paths.filter(existsSync).map((path) => {
      const {mtimeMs} = statSync(path);
      const inside = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
      return Math.max(mtimeMs, newest(inside));
    }),
  );
}

/**
 * Runs Node in the project's root and resolves with the exit code, or with 128 + n if a signal ended it. A signal to
 * this process ends the child first, so that no process remains.
 *
 * @param {readonly string[]} words Its arguments.
 * @param {NodeJS.ProcessEnv} [environment] Added to this process's environment.
 * @param {readonly string[]} [inside] A command that runs Node.
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
 * Runs npm in a folder of the project.
 *
 * @param {readonly string[]} words Its arguments.
 * @param {string} [folder] Relative to the project's root.
 * @returns {Promise<{succeeded: boolean, output: string, seconds: number}>}
 */
export function runNpm(words, folder = '') {
  const began = Date.now();
  const child = spawn('npm', [...words, '--silent'], {
    cwd: within(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({
        succeeded: code === 0,
        output: output.trim(),
        seconds: Math.round((Date.now() - began) / 1000),
      }),
    );
  });
}

/**
 * Returns the path of a dependency's program, to be run by {@link runNode}.
 *
 * @param {string} path Inside `node_modules`.
 */
export function tool(path) {
  const found = within(`node_modules/${path}`);
  if (!existsSync(found)) throw new Error('The dependencies are not installed: run "npm ci" first.');
  return found;
}

/**
 * Compares a generated file with its expected content, and prints the command to run if they differ.
 *
 * @param {string} path Relative to the project's root.
 * @param {string} current Its current content.
 * @param {string} wanted Its expected content.
 * @param {string} command The command that writes it.
 */
export function requireCurrent(path, current, wanted, command) {
  if (current === wanted) return;
  console.error(`${path} is not current: run "${command}" and commit it.`);
  process.exitCode = 1;
}
