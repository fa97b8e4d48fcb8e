/**
 * Measures: `npm run bench -- [NAME …] [--OPTION=NUMBER …]` runs the files of `test/bench` with these names, or all, one
 * after another. The benches take the options.
 * Their tables are printed, and written into `docs/performance.md` with the machine's description.
 */
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {availableParallelism, totalmem, type} from 'node:os';
import {findChrome} from './browsers.mjs';
import {buildIfNeeded} from './build.mjs';
import {write} from './figures.mjs';
import {requireServers} from './interop.mjs';
import {runNode, tool, within} from './project.mjs';

/** In the order of their tables. */
const BENCHES = [
  'answered-call',
  'loading',
  'beside-peers',
  'silent-stun',
  'talk-start',
  'channels',
  'desk',
  'patch',
  'effects',
  'roster',
  'messages',
  'wall',
  'map',
  'events',
  'hundred-calls',
  'server-load',
];

/**
 * Runs a bench and prints what it prints; resolves with that, or without anything if the bench fails.
 *
 * @param {string} name
 * @param {readonly string[]} options
 * @returns {Promise<string | undefined>}
 */
function run(name, options) {
  const child = spawn(process.execPath, ['--import', 'tsx', `test/bench/${name}.ts`, ...options], {
    cwd: within(''),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? output : undefined));
  });
}

function machine() {
  const {stdout: browser} = spawnSync(findChrome(), ['--version'], {encoding: 'utf8'});
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const [, system = type()] = /^PRETTY_NAME="?(.*?)"?$/m.exec(release) ?? [];
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  return [
    `${availableParallelism()} cores`,
    memory,
    system.replace(/ \(.*\)$/, ''),
    `Node ${process.versions.node}`,
    browser.replace(/ built on.*|\s+$/s, ''),
  ].join(', ');
}

async function main() {
  const given = process.argv.slice(2);
  const wanted = given.filter((each) => !each.startsWith('--'));
  const options = given.filter((each) => each.startsWith('--'));
  const unknown = wanted.filter((name) => !BENCHES.includes(name));
  if (unknown.length)
    throw new Error(`No such bench: ${unknown.join(', ')}. There are ${BENCHES.join(', ')}.`);
  const built = await buildIfNeeded();
  if (built) return built;
  const chosen = BENCHES.filter((name) => wanted.length === 0 || wanted.includes(name));
  if (chosen.includes('beside-peers')) requireServers();
  let code = 0;
  for (const name of chosen) {
    console.log(`\n== ${name}`);
    const output = await run(name, options);
    if (output === undefined) code = 1;
    for (const [, table = '', rows = ''] of output?.matchAll(/<!-- (table of [^>]+) -->(.+?)<!-- -->/gs) ??
      [])
      write(table, rows);
  }
  write('machine', machine());
  return (
    (await runNode([
      tool('prettier/bin/prettier.cjs'),
      '--log-level=warn',
      '--write',
      'docs/performance.md',
    ])) || code
  );
}

process.exitCode = await main().catch((/** @type {Error} */ error) => {
  console.error(error.message);
  return 1;
});
