/**
 * Builds the package: modules and declarations with the compiler, then the single files with Rollup, then what frameworks and
 * editors know of the elements.
 *
 * As a command it always builds, with `--if-needed` only if `dist` is not current, as `npm pack` does. `--languages=zh,ar`
 * puts these languages into the single file. `dist` is replaced
 * only at the end, in one step: a failure leaves it unchanged.
 */
import {readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {isCurrent, runNode, tool, within} from './project.mjs';

/** The inputs of a build. */
const SOURCES = [
  'src',
  'custom-elements.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'rollup.config.mjs',
  ...[
    'build',
    'build-server',
    'bundle-sip-js',
    'editors',
    'elements',
    'frameworks',
    'loader-parts',
    'rollup',
  ].map((name) => `scripts/${name}.mjs`),
  'scripts/docs/element-reference.mjs',
  'scripts/docs/markdown.mjs',
];

/**
 * Builds into `dist`.
 *
 * @param {(step: string) => void} [begin] Called with the name of each step.
 * @returns {Promise<number>} The exit code of the step that failed, 0 if none did.
 */
export async function build(begin = () => undefined) {
  const folder = `.cache/build-${process.pid}`;
  try {
    begin('modules and types');
    let code = await runNode([tool('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', folder]);
    if (code) return code;
    begin('single files');
    code = await runNode([tool('rollup/dist/bin/rollup'), '-c', '--silent', `--configFolder=${folder}`]);
    if (code) return code;
    begin('server');
    // Loaded here, because they take half a second, and most commands find `dist` current.
    const [{buildServer}, {bundleSipJs}, {writeFrameworks}, {writeEditors}] = await Promise.all([
      import('./build-server.mjs'),
      import('./bundle-sip-js.mjs'),
      import('./frameworks.mjs'),
      import('./editors.mjs'),
    ]);
    await buildServer(folder);
    await bundleSipJs(folder);
    settleMaps(within(folder), within('dist'));
    writeFrameworks(folder);
    writeEditors(folder);
    rmSync(within('dist'), {recursive: true, force: true});
    renameSync(within(folder), within('dist'));
    return 0;
  } finally {
    rmSync(within(folder), {recursive: true, force: true});
  }
}

/**
 * Makes the source maps of a folder lead to `src` from the place that the folder moves to. They have no sources in them:
 * the package has `src` once.
 *
 * @param {string} folder
 * @param {string} place
 */
function settleMaps(folder, place) {
  for (const name of readdirSync(folder, {recursive: true}).map(String)) {
    if (!name.endsWith('.map')) continue;
    const file = join(folder, name);
    const map = JSON.parse(readFileSync(file, 'utf8'));
    map.sources = map.sources.map((/** @type {string} */ source) =>
      relative(join(place, name, '..'), join(file, '..', source)).replaceAll('\\', '/'),
    );
    writeFileSync(file, JSON.stringify(map));
  }
}

/** Builds if `dist` is missing or older than its sources. */
export async function buildIfNeeded() {
  if (isCurrent(within('dist/sip-elements.js'), SOURCES)) return 0;
  process.stderr.write('Building the package, about a minute:');
  const code = await build((step) => void process.stderr.write(` ${step} …`));
  process.stderr.write(code ? '\n' : ' done.\n');
  return code;
}

const languages = process.argv.find((each) => each.startsWith('--languages='));
if (languages) process.env['SIP_ELEMENTS_LANGUAGES'] = languages.replace(/^.*=/, '');
if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = await (process.argv.includes('--if-needed') ? buildIfNeeded() : build());
