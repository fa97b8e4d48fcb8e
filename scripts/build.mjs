/**
 * Builds the package: modules and declarations with the compiler, then the single files with Rollup, then what frameworks and
 * editors know of the elements.
 *
 * As a command it always builds, with `--if-needed` only if `dist` is not current, as `npm pack` does. `--languages=zh,ar`
 * puts these languages into the single file. `dist` is replaced
 * only at the end, in one step: a failure leaves it unchanged.
 */
import {existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {isCurrent, runNode, tool, within} from './project.mjs';

/** Compiles in a quarter of the time that the compiler of the linter takes, to the same modules. */
const COMPILER = 'typescript-7/bin/tsc';

/** The folder of what the first page loads, as `dist` has it: it is served from there until `dist` is complete. */
export const FIRST = within('.cache/first');

/** The inputs of a build. */
const SOURCES = [
  'src',
  'custom-elements.json',
  'config.schema.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'rollup.config.mjs',
  ...[
    'beside-files',
    'build',
    'bundle',
    'bundle-sip-js',
    'editors',
    'elements',
    'frameworks',
    'loader-parts',
    'modules',
    'rollup',
  ].map((name) => `scripts/${name}.mjs`),
  'scripts/docs/element-reference.mjs',
  'scripts/docs/markdown.mjs',
];

/**
 * Builds into `dist`.
 *
 * @param {(step: string) => void} [begin] Called with the name of each step.
 * @param {() => void} [onFirstPage] Called once what the first page loads is in `.cache/first`, which is then built before
 *   everything else.
 * @returns {Promise<number>} The exit code of the step that failed, 0 if none did.
 */
export async function build(begin = () => undefined, onFirstPage) {
  const folder = `.cache/build-${process.pid}`;
  const remove = () => rmSync(within(folder), {recursive: true, force: true});
  // A server that ends does not wait for the rest of the build.
  process.once('exit', remove);
  const bundle = (/** @type {string[]} */ ...part) =>
    runNode([within('scripts/bundle.mjs'), folder, ...part]);
  try {
    begin('modules and types');
    let code = await runNode([tool(COMPILER), '-p', 'tsconfig.build.json', '--outDir', folder]);
    if (code) return code;
    if (onFirstPage) {
      begin('the first page');
      code = await bundle('first');
      if (code) return code;
      onFirstPage();
    }
    begin('single files');
    code = await bundle(...(onFirstPage ? ['rest'] : []));
    if (code) return code;
    // Loaded here, because they take half a second, and most commands find `dist` current.
    const [{bundleSipJs}, {removeUnreachable, shortenModules}, {writeFrameworks}, {writeEditors}] =
      await Promise.all([
        import('./bundle-sip-js.mjs'),
        import('./modules.mjs'),
        import('./frameworks.mjs'),
        import('./editors.mjs'),
      ]);
    await bundleSipJs(folder);
    shortenModules(within(folder));
    settleMaps(within(folder), within('dist'));
    writeFrameworks(folder);
    writeEditors(folder);
    removeUnreachable(within(folder));
    rmSync(within('dist'), {recursive: true, force: true});
    renameSync(within(folder), within('dist'));
    return 0;
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/**
 * Makes the source maps of a folder lead to `src` from the place that the folder moves to. They have no sources in them:
 * the server serves `src`.
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

const isBuilt = () => isCurrent(within('dist/sip-elements.js'), SOURCES);

/** @param {string} step */
const printStep = (step) => void process.stderr.write(` ${step} …`);

/** Builds if `dist` is missing or older than its sources. */
export async function buildIfNeeded() {
  if (isBuilt()) return 0;
  process.stderr.write('Building the package, about a minute:');
  const code = await build(printStep);
  process.stderr.write(code ? '\n' : ' done.\n');
  return code;
}

const languages = process.argv.find((each) => each.startsWith('--languages='));
if (languages) process.env['SIP_ELEMENTS_LANGUAGES'] = languages.replace(/^.*=/, '');
/**
 * Builds if `dist` is missing or older than its sources. Resolves once the first page can be served; the rest is built
 * meanwhile.
 *
 * @returns {Promise<{code: number, dist: string | ((name: string) => Promise<string>)}>} The exit code of the step that failed, and the
 *   folder of the built files, or what finds them.
 */
export async function buildFirstPage() {
  const dist = within('dist');
  if (isBuilt()) return {code: 0, dist};
  process.stderr.write('Building the first page:');
  /** @type {(code: number) => void} */
  let serve = () => undefined;
  /** @type {Promise<number>} */
  const first = new Promise((resolve) => (serve = resolve));
  let served = false;
  let complete = false;
  const whole = build(
    (step) => served || printStep(step),
    () => {
      served = true;
      serve(0);
    },
  ).then((code) => {
    complete = true;
    if (served && code === 0) process.stderr.write('The rest of the package is built.\n');
    return code;
  });
  const code = await Promise.race([first, whole]);
  process.stderr.write(code ? '\n' : ' done.\n');
  return {
    code,
    dist: async (name) => {
      const early = join(FIRST, name);
      if (!complete && existsSync(early)) return early;
      if (await whole) throw new Error(`${name} could not be built.`);
      return join(dist, name);
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = await (process.argv.includes('--if-needed') ? buildIfNeeded() : build());
