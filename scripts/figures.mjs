/**
 * Writes measured figures into the documents, at every `<!-- FIGURE -->…<!-- -->`. As a command:
 *
 * - `node scripts/figures.mjs COMMAND SECONDS` writes `time of COMMAND`.
 * - `node scripts/figures.mjs sizes` writes `size of NAME` and `limit of NAME` for each name in `.size-limit.json`, and the
 *   table of sizes, as `npm run size` has measured them. With `--check` it writes nothing but prints that table, and fails
 *   if a document contradicts it, or names a size by hand.
 */
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {tableOf} from './docs/markdown.mjs';
import {runNode, tool, within} from './project.mjs';

/** @typedef {{name: string, size: number, sizeLimit: number}} Size In bytes, as size-limit reports them. */

/** What the sizes should become, in kB. A limit only keeps what has been reached. */
const GOALS = /** @type {Readonly<Record<string, number>>} */ ({
  'Before anyone connects: a phone': 50,
  'Before anyone connects: `<sip-phone>`': 65,
  'The documented functions': 100,
});

/** What else is counted in kB or MB, by the documents that name it: limits of servers and messages, files in examples. */
const OTHER_FIGURES = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  // Folders of libraries, as npm has them.
  'docs/effects.md': ['3.2 MB', '0.2 MB'],
  'CHANGELOG.md': ['16 MB', '60 kB', '64 kB', '320 kB'],
  'docs/development-server.md': ['1 MB', '16 MB', '64 kB', '200 MB', '512 MB'],
  'docs/messages-and-files.md': ['1.2 MB', '16 MB', '200 MB', '512 MB'],
});

/** How much a size may have changed since it was written, in bytes: not every commit writes the documents. */
const TOLERANCE = 1000;

const MARKED = /<!-- ((?:size|limit|time|table|faults) of [^>]+|machine) -->([^]*?)<!-- -->/g;

/** The documents that may name figures. */
export const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'test/README.md'],
  ...readdirSync(within('docs'), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** @param {number} size In bytes. */
const kilobytes = (size) => (size / 1000).toFixed(size < 10_000 ? 1 : 0);

/**
 * Returns a document with a figure at each of its marks.
 *
 * @param {string} text
 * @param {string} figure
 * @param {string} value
 */
export const withFigure = (text, figure, value) =>
  text
    .split(`<!-- ${figure} -->`)
    .map((part, index) => (index === 0 ? part : part.replace(/^[^]*?(?=<!-- -->)/, () => value)))
    .join(`<!-- ${figure} -->`);

/**
 * Writes a figure into every document. A table stays empty in the Chinese pages: the site fills them from the English ones.
 *
 * @param {string} figure
 * @param {string} value
 */
export function write(figure, value) {
  for (const page of DOCUMENTS) {
    if (figure.startsWith('table of ') && page.startsWith('docs/zh/')) continue;
    const text = readFileSync(within(page), 'utf8');
    const written = withFigure(text, figure, value);
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

/**
 * Measures what `npm run size` has prepared.
 *
 * @returns {Size[]}
 */
function measuredSizes() {
  const {stdout, stderr} = spawnSync(process.execPath, [tool('size-limit/bin.js'), '--json'], {
    cwd: within(''),
    encoding: 'utf8',
  });
  if (!stdout.startsWith('[')) throw new Error(stdout || stderr);
  return JSON.parse(stdout);
}

/** @param {readonly Size[]} sizes */
function tableOfSizes(sizes) {
  const rows = sizes.map(({name, size, sizeLimit}) => {
    const goal = GOALS[name];
    const missed = goal !== undefined && size > goal * 1000;
    return [
      name,
      kilobytes(size),
      sizeLimit / 1000,
      goal === undefined ? '' : `${goal}${missed ? ': missed' : ''}`,
    ];
  });
  return tableOf(['a page loads', 'brotli, kB', 'limit', 'goal'], rows, ['---', '---:', '---:', '---:']);
}

/** @returns {Promise<number>} */
async function writeSizes() {
  const sizes = measuredSizes();
  for (const {name, size, sizeLimit} of sizes) {
    write(`size of ${name}`, `${kilobytes(size)} kB`);
    write(`limit of ${name}`, `${sizeLimit / 1000} kB`);
  }
  write('table of sizes', `\n\n${tableOfSizes(sizes)}\n\n`);
  const prettier = tool('prettier/bin/prettier.cjs');
  return runNode([prettier, '--log-level=warn', '--write', 'docs/performance.md']);
}

/**
 * Returns the figures of sizes that a document names: at marks, and in the table.
 *
 * @param {string} text
 * @returns {{figure: string, value: number}[]} In kB.
 */
export const namedSizes = (text) =>
  [...text.matchAll(MARKED)].flatMap(([, figure = '', value = '']) => {
    if (/^(size|limit) of /.test(figure)) return [{figure, value: Number.parseFloat(value)}];
    if (figure !== 'table of sizes') return [];
    return [...value.matchAll(/^\| ([^|]*?) +\| +([\d.]+) \| +([\d.]+) \|/gm)].flatMap(
      ([, name, size, limit]) => [
        {figure: `size of ${name}`, value: Number(size)},
        {figure: `limit of ${name}`, value: Number(limit)},
      ],
    );
  });

/**
 * Returns the figures in kB or MB that a document names by hand, without those that `OTHER_FIGURES` lists.
 *
 * @param {string} page
 * @param {string} text
 */
export function namedByHand(page, text) {
  const others = OTHER_FIGURES[page.replace('docs/zh/', 'docs/')] ?? [];
  const [, unreleased = text] =
    page === 'CHANGELOG.md' ? (/^## \[Unreleased\]\n([^]*?)(?=^## |$(?![^]))/m.exec(text) ?? []) : [];
  const prose = unreleased.replace(MARKED, '').replace(/^```[^]*?^```/gm, '');
  return [...prose.matchAll(/\d[\d.,]*\s?[kM]B\b/g)]
    .map(([figure]) => figure)
    .filter((figure) => !others.includes(figure));
}

/**
 * Returns what is wrong with the sizes in documents.
 *
 * @param {ReadonlyMap<string, string>} documents Their texts, by their names.
 * @param {readonly Size[]} sizes
 */
export function wrongSizes(documents, sizes) {
  const wrong = [...documents].flatMap(([page, text]) =>
    namedByHand(page, text).map((figure) => `${page}: ${figure} is written by hand, without a mark`),
  );
  /** @type {Map<string, number>} */
  const first = new Map();
  for (const [page, text] of documents)
    for (const {figure, value} of namedSizes(text)) {
      const {size, sizeLimit} = sizes.find(({name}) => figure.endsWith(` of ${name}`)) ?? {};
      const measured = figure.startsWith('limit') ? sizeLimit : size;
      const tolerance = figure.startsWith('limit') ? 0 : TOLERANCE;
      const elsewhere = first.get(figure) ?? value;
      first.set(figure, elsewhere);
      if (measured === undefined) wrong.push(`${page}: nothing is measured as “${figure}”`);
      else if (!(Math.abs(value * 1000 - measured) <= tolerance))
        wrong.push(`${page}: “${figure}” is ${value} kB, and in fact ${measured / 1000} kB`);
      else if (value !== elsewhere)
        wrong.push(`${page}: “${figure}” is ${value} kB, and elsewhere ${elsewhere} kB`);
    }
  return wrong;
}

function checkSizes() {
  const documents = new Map(DOCUMENTS.map((page) => [page, readFileSync(within(page), 'utf8')]));
  const sizes = measuredSizes();
  console.log(tableOfSizes(sizes));
  const wrong = wrongSizes(documents, sizes);
  if (wrong.length === 0) return 0;
  console.error([...wrong, 'Run node scripts/figures.mjs sizes.'].join('\n'));
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command = '', option = ''] = process.argv.slice(2);
  if (command === 'sizes') process.exitCode = option === '--check' ? checkSizes() : await writeSizes();
  else if (command && Number(option) > 0) writeTime(command, Number(option));
  else {
    console.error(
      'Usage: node scripts/figures.mjs COMMAND SECONDS, or node scripts/figures.mjs sizes [--check]',
    );
    process.exitCode = 1;
  }
}
