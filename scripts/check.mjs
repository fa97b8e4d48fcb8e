/**
 * Runs every check except the tests, in two parallel chains: the linter takes as long as all the others. Prints each
 * step's output when it ends; stops a chain at its first failure.
 */
import {runNpm} from './project.mjs';

const CHAINS = [
  ['lint', 'format:check'],
  ['build', 'types', 'manifest:check', 'size', 'check:package'],
];

/**
 * @param {string} name A script of package.json.
 * @returns {Promise<boolean>} Whether it succeeded.
 */
async function step(name) {
  const {succeeded, output, seconds} = await runNpm(['run', name]);
  console.log(`${succeeded ? '✔' : '✖'} ${name}, ${seconds} s\n${output}`.trim());
  return succeeded;
}

/** @param {readonly string[]} names */
async function chain(names) {
  for (const name of names) if (!(await step(name))) return false;
  return true;
}

const passed = await Promise.all(CHAINS.map(chain));
process.exitCode = passed.every(Boolean) ? 0 : 1;
