/**
 * Writes how long a command took into the documentation, at every `<!-- time of COMMAND -->…<!-- -->`. As a command:
 * `node scripts/figures.mjs COMMAND SECONDS`.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {within} from './project.mjs';

const PAGES = ['README.md', 'test/README.md'];

/**
 * @param {string} command
 * @param {number} seconds
 */
export function writeTime(command, seconds) {
  const time = `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s on ${availableParallelism()} cores`;
  const mark = `<!-- time of ${command} -->`;
  for (const page of PAGES) {
    const text = readFileSync(within(page), 'utf8');
    const written = text
      .split(mark)
      .map((part, index) => (index === 0 ? part : part.replace(/^.*?(?=<!-- -->)/s, time)))
      .join(mark);
    if (written !== text) writeFileSync(within(page), written);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command = '', seconds = ''] = process.argv.slice(2);
  if (!command || !(Number(seconds) > 0)) {
    console.error('Usage: node scripts/figures.mjs COMMAND SECONDS');
    process.exitCode = 1;
  } else writeTime(command, Number(seconds));
}
