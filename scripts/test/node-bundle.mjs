/** Bundles the tests that run in Node: compiling every module again for each file takes longer than most files do. */
import {readFileSync, rmSync} from 'node:fs';
import {dirname, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {within} from '../project.mjs';

/** Where the bundles of each process are: within the project, so that packages are found. */
const FOLDER = '.cache/tests';

/**
 * Keeps the `import.meta` of a module's source, so that the module finds the files beside it.
 *
 * @type {import('esbuild').Plugin}
 */
const ownUrl = {
  name: 'own-url',
  setup(building) {
    building.onLoad({filter: /\.(ts|mjs)$/}, ({path}) => {
      const text = readFileSync(path, 'utf8');
      if (!/import\.meta\.(url|dirname)/.test(text) || path.includes('node_modules')) return undefined;
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return {contents, loader: path.endsWith('.ts') ? 'ts' : 'js'};
    });
  },
};

/**
 * Leaves imports of pages from their server unresolved, such as `/sip-elements.js`.
 *
 * @type {import('esbuild').Plugin}
 */
const ofPages = {
  name: 'of-pages',
  setup(building) {
    building.onResolve({filter: /^\/[\w.-]+$/}, ({path, kind}) =>
      kind === 'dynamic-import' ? {path, external: true} : undefined,
    );
  },
};

/** How many suites were bundled: they run side by side, and each removes its own folder. */
let bundled = 0;

/**
 * Bundles test files, with one copy of shared code.
 *
 * @param {readonly string[]} files Relative to the project's root.
 * @returns {Promise<{files: string[], remove(): void}>} The bundles, each of which {@link sourceOf} maps to its file.
 */
export async function bundleForNode(files) {
  const folder = `${FOLDER}/${process.pid}-${(bundled += 1)}`;
  const root = within('');
  await build({
    entryPoints: [...files],
    outdir: folder,
    outbase: root,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    packages: 'external',
    // The side effects that package.json lists are those of `dist`.
    ignoreAnnotations: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: 'tsconfig.json',
    sourcemap: true,
    plugins: [ownUrl, ofPages],
    logLevel: 'warning',
  });
  return {
    files: files.map((file) => `${folder}/${file.replace(/\.ts$/, '.js')}`),
    remove: () => rmSync(within(folder), {recursive: true, force: true}),
  };
}

/**
 * Returns the test file of a bundle, or any other file unchanged; relative to the project's root.
 *
 * @param {string} path
 */
export function sourceOf(path) {
  const file = relative(within(''), path);
  return file.startsWith(FOLDER)
    ? file.replace(/^\.cache\/tests\/[\d-]+\//, '').replace(/\.js$/, '.ts')
    : file;
}
