/**
 * Tests the applications of `demo/frameworks` with the package as its users get it: packs it, installs it, type-checks and
 * builds each application, and has their pages call each other. `npm run test:frameworks -- vue` does one of them.
 */
import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildIfNeeded} from './build.mjs';
import {runNode, runNpm, within} from './project.mjs';

const FOLDER = 'demo/frameworks';

/** The page whose examples are type-checked with the applications, and its sections. */
const DOCUMENTED = 'docs/frameworks.md';
const EXAMPLES = /** @type {const} */ ({
  react: {heading: 'React 19', language: 'tsx'},
  react18: {heading: 'React 18', language: 'tsx'},
  vue: {heading: 'Vue 3', language: 'vue'},
  angular: {heading: 'Angular', language: 'ts'},
  svelte: {heading: 'Svelte 5', language: 'svelte'},
});

const {name, version} = JSON.parse(readFileSync(within('package.json'), 'utf8'));
/** @type {{workspaces: string[]}} */
const {workspaces} = JSON.parse(readFileSync(within(`${FOLDER}/package.json`), 'utf8'));

const asked = process.argv.slice(2);
const unknown = asked.find((framework) => !workspaces.includes(framework));
if (unknown) throw new Error(`No application is called "${unknown}": there are ${workspaces.join(', ')}.`);
const chosen = asked.length > 0 ? asked : workspaces;

/**
 * Runs npm, and prints what it printed if it failed.
 *
 * @param {string} folder
 * @param {readonly string[]} words
 */
async function npm(folder, ...words) {
  const {succeeded, output, seconds} = await runNpm([...words, '--no-audit', '--no-fund'], folder);
  const title = `${folder}: npm ${words.join(' ')}`;
  if (!succeeded) throw new Error(`✖ ${title}\n${output}`);
  console.log(`✔ ${title}, ${seconds} s`);
}

/** Installs what the lock file says, unless that is done, and the packed package. */
async function install() {
  const packed = within('.cache/packed');
  rmSync(packed, {recursive: true, force: true});
  mkdirSync(packed, {recursive: true});
  await npm('.', 'pack', '--ignore-scripts', '--pack-destination', packed);
  const lock = within(`${FOLDER}/package-lock.json`);
  const installed = within(`${FOLDER}/node_modules/.package-lock.json`);
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
    await npm(FOLDER, 'ci', '--ignore-scripts');
  await npm(FOLDER, 'install', '--no-save', '--ignore-scripts', `${packed}/${name}-${version}.tgz`);
}

/**
 * Writes the examples of the documentation into an application.
 *
 * @param {string} framework
 */
function writeExamples(framework) {
  const {heading, language} = EXAMPLES[/** @type {keyof typeof EXAMPLES} */ (framework)];
  const section = readFileSync(within(DOCUMENTED), 'utf8')
    .split(/^## /m)
    .find((text) => text.startsWith(heading));
  const blocks = [...(section ?? '').matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))];
  if (blocks.length === 0) throw new Error(`${DOCUMENTED} has no example under “${heading}”.`);
  const folder = within(`${FOLDER}/${framework}/src/documented`);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder);
  for (const [index, [, code = '']] of blocks.entries())
    writeFileSync(join(folder, `Example${index + 1}.${language}`), code);
}

/** @param {string} framework */
async function make(framework) {
  writeExamples(framework);
  rmSync(within(`${FOLDER}/${framework}/dist`), {recursive: true, force: true});
  await npm(`${FOLDER}/${framework}`, 'run', 'check', '--if-present');
  await npm(`${FOLDER}/${framework}`, 'run', 'build');
}

try {
  process.exitCode = await buildIfNeeded();
  if (!process.exitCode) {
    await install();
    await Promise.all(chosen.map(make));
    process.exitCode = await runNode([within('scripts/test.mjs'), 'frameworks'], {FRAMEWORKS: chosen.join()});
  }
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}
