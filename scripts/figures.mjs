/**
 * Writes measured figures into the documentation, at every `<!-- FIGURE -->…<!-- -->`. As a command:
 *
 * - `node scripts/figures.mjs COMMAND SECONDS` writes `time of COMMAND`.
 * - `node scripts/figures.mjs sizes` writes `size of NAME`, for each name in `.size-limit.json`, as `npm run size` left it.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {tool, within} from './project.mjs';

const PAGES = ['README.md', 'test/README.md', 'docs/performance.md'];

/**
 * @param {string} figure
 * @param {string} value
 */
export function write(figure, value) {
  const mark = `<!-- ${figure} -->`;
  for (const page of PAGES) {
    const text = readFileSync(within(page), 'utf8');
    const written = text
      .split(mark)
      .map((part, index) => (index === 0 ? part : part.replace(/^.*?(?=<!-- -->)/s, () => value)))
      .join(mark);
    if (written !== text) writeFileSync(within(page), written);
  }
}

/**
 * @param {string} command
 * @param {number} seconds
 */
export function writeTime(command, seconds) {
  const time = `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  write(`time of ${command}`, `${time} on ${availableParallelism()} cores`);
}

function writeSizes() {
  const {stdout} = spawnSync(process.execPath, [tool('size-limit/bin.js'), '--json'], {
    cwd: within(''),
    encoding: 'utf8',
  });
  /** @type {{name: string, size: number}[]} */
  const sizes = JSON.parse(stdout);
  for (const {name, size} of sizes) write(`size of ${name}`, `${Math.round(size / 1000)} kB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command = '', seconds = ''] = process.argv.slice(2);
  if (command === 'sizes') writeSizes();
  else if (command && Number(seconds) > 0) writeTime(command, Number(seconds));
  else {
    console.error('Usage: node scripts/figures.mjs COMMAND SECONDS, or node scripts/figures.mjs sizes');
    process.exitCode = 1;
  }
}
