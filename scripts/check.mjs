/**
 * Runs every check except the tests, in two parallel chains: the linter takes as long as all the others. Prints each
 * step's output when it ends; stops a chain at its first failure.
 */
import {spawn} from 'node:child_process';
import {within} from './project.mjs';

const CHAINS = [
  ['lint', 'format:check'],
  ['build', 'types', 'manifest:check', 'size', 'check:package'],
];

/**
 * @param {string} name A script of package.json.
 * @returns {Promise<boolean>} Whether it succeeded.
 */
function step(name) {
  const began = Date.now();
  const child = spawn('npm', ['run', '--silent', name], {
    cwd: within(''),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`${code === 0 ? '✔' : '✖'} ${name}, ${seconds} s\n${output.trim()}`.trim());
      resolve(code === 0);
    });
  });
}

/** @param {readonly string[]} names */
async function chain(names) {
  for (const name of names) if (!(await step(name))) return false;
  return true;
}

const passed = await Promise.all(CHAINS.map(chain));
process.exitCode = passed.every(Boolean) ? 0 : 1;
