/** Bundles a phone from the packed package as its users do: with esbuild, with Vite and with webpack. */
import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {build as esbuild} from 'esbuild';
import {build as vite} from 'vite';
import webpack from 'webpack';
import {PHONE} from './page-chunks.mjs';
import {runNpm, within} from './project.mjs';

const FOLDER = within('.cache/bundlers');

/** A text that only the grammar of sip.js has, minified or not: a part of its compiled rules. */
const GRAMMAR = '6879/t$;Z/k$28';

/**
 * What each bundler is called, and what makes of an entry the scripts in a folder. Returns the names of those that the
 * page loads at once.
 *
 * @type {Readonly<Record<string, (entry: string, folder: string) => Promise<readonly string[]>>>}
 */
const BUNDLERS = {
  async esbuild(entry, outdir) {
    const {metafile} = await esbuild({
      entryPoints: [entry],
      outdir,
      bundle: true,
      format: 'esm',
      splitting: true,
      minify: true,
      metafile: true,
      logLevel: 'error',
    });
    const files = new Map(
      Object.entries(metafile.outputs).map(([name, {imports}]) => [
        within(name),
        imports.filter(({kind}) => kind === 'import-statement').map(({path}) => within(path)),
      ]),
    );
    return withImports(join(outdir, 'entry.js'), files);
  },

  async Vite(entry, outDir) {
    const result = await vite({
      root: dirname(entry),
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: true,
        assetsDir: '',
        chunkSizeWarningLimit: Infinity,
        rollupOptions: {input: entry, output: {entryFileNames: '[name].js'}},
      },
    });
    const {output} = /** @type {import('vite').Rollup.RollupOutput} */ ([result].flat()[0]);
    const files = new Map(
      output.flatMap((file) =>
        file.type === 'chunk'
          ? [[join(outDir, file.fileName), file.imports.map((name) => join(outDir, name))]]
          : [],
      ),
    );
    return withImports(join(outDir, 'entry.js'), files);
  },

  async webpack(entry, path) {
    const compiler = webpack({
      mode: 'production',
      entry,
      output: {path, filename: 'entry.js', clean: true},
      performance: false,
    });
    const stats = await new Promise((resolve, reject) => {
      compiler.run((error, result) => (error ? reject(error) : resolve(result)));
    });
    if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
    return stats
      .toJson({entrypoints: true})
      .entrypoints.main.assets.map((/** @type {{name: string}} */ {name}) => join(path, name));
  },
};

/**
 * @param {string} entry
 * @param {ReadonlyMap<string, readonly string[]>} files What each file imports statically.
 */
function withImports(entry, files) {
  const loaded = new Set([entry]);
  for (const file of loaded) files.get(file)?.forEach((imported) => loaded.add(imported));
  return [...loaded];
}

/** Packs the package and installs it beside the entry of a page; returns the entry. */
async function installPacked() {
  rmSync(FOLDER, {recursive: true, force: true});
  const modules = join(FOLDER, 'node_modules');
  mkdirSync(modules, {recursive: true});
  const words = ['pack', '--ignore-scripts', '--pack-destination', FOLDER];
  const {succeeded, output} = await runNpm(words);
  if (!succeeded) throw new Error(output);
  const [tarball = ''] = readdirSync(FOLDER).filter((name) => name.endsWith('.tgz'));
  const {status} = spawnSync('tar', ['-xf', join(FOLDER, tarball), '-C', FOLDER], {stdio: 'inherit'});
  if (status !== 0) throw new Error(`${tarball} cannot be unpacked.`);
  renameSync(join(FOLDER, 'package'), join(modules, 'sip-elements'));
  const entry = join(FOLDER, 'entry.js');
  writeFileSync(entry, PHONE.map((tag) => `import 'sip-elements/elements/${tag}.js';\n`).join(''));
  return entry;
}

/**
 * Bundles the page with each bundler, and copies what it loads before anyone connects into a folder of its own.
 *
 * @param {(bundler: string) => string} folderOf
 * @throws {Error} If a bundle, also one that is loaded later, has the grammar of sip.js
 */
export async function bundlePhones(folderOf) {
  const entry = await installPacked();
  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    const output = join(FOLDER, name);
    const loaded = await bundle(entry, output);
    const withGrammar = readdirSync(output).find((file) =>
      readFileSync(join(output, file), 'utf8').includes(GRAMMAR),
    );
    if (withGrammar) throw new Error(`${name}: ${withGrammar} has the grammar of sip.js.`);
    const folder = folderOf(name);
    mkdirSync(folder, {recursive: true});
    for (const file of loaded) copyFileSync(file, join(folder, basename(file)));
  }
}
