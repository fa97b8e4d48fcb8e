/** Shortens the compiled modules: what only the authors of the elements read stays in their repository. */
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {transformSync} from 'esbuild';
import {parseAst} from 'rollup/parseAst';
import {within} from './project.mjs';
import {shortened} from './rollup.mjs';

const {name, exports, bin, sideEffects} = JSON.parse(readFileSync(within('package.json'), 'utf8'));

/** The beginning of a bundle, which is short already; the minifier may put a sign before it. */
const BANNER = new RegExp(`^!?/\\*! ${name} `);

/**
 * Removes comments, white space, the names of variables and source maps from the compiled modules of a folder, after they were
 * bundled. Declarations keep their comments.
 *
 * @param {string} folder
 */
export function shortenModules(folder) {
  for (const file of readdirSync(folder, {recursive: true}).map((path) => join(folder, String(path)))) {
    if (!file.endsWith('.js') || !existsSync(file.replace(/\.js$/, '.d.ts'))) continue;
    const code = readFileSync(file, 'utf8');
    if (BANNER.test(code)) continue;
    const {code: short} = transformSync(shortened(code, parseAst(code)).toString(), {
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      minifyWhitespace: true,
      minifyIdentifiers: true,
      legalComments: 'inline',
    });
    writeFileSync(file, short);
    rmSync(`${file}.map`, {force: true});
  }
}

/** What a module or a declaration imports, or names as a file beside it. */
const IMPORTS = /\b(?:from|import|URL|module)[\s(]*["'`](\.[^"'`]+)["'`]/g;

/**
 * Removes what nobody who uses the package can reach: modules that only the bundles needed, and declarations of modules that
 * no type of the package leads to.
 *
 * @param {string} folder Of the built package, complete.
 */
export function removeUnreachable(folder) {
  const files = readdirSync(folder, {recursive: true}).map((path) => String(path).replaceAll('\\', '/'));
  const modules = files.filter((file) => file.endsWith('.js') && files.includes(declarationOf(file)));
  // A compiler looks for the declaration beside a file that package.json exports.
  const exported = textsIn(exports).flatMap((path) => [path, declarationOf(path)]);
  /** @type {string[]} */
  const named = [...Object.values(bin), ...exported, ...sideEffects].map((path) =>
    path.replace('./dist/', ''),
  );
  const roots = files.filter(
    (file) =>
      named.some((path) => matches(path, file)) ||
      // What was bundled is loaded by pages; the rest of the declarations belongs to a module.
      (file.endsWith('.js') && !modules.includes(file)),
  );
  const reached = new Set(roots);
  for (const file of reached) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    for (const [, path = ''] of readFileSync(join(folder, file), 'utf8').matchAll(IMPORTS)) {
      const target = join(dirname(file), path).replaceAll('\\', '/');
      const found = file.endsWith('.js') ? target : declarationOf(target);
      if (files.includes(found)) reached.add(found);
      else if (file.endsWith('.d.ts') && !found.startsWith('..'))
        throw new Error(`${file} names ${path}, which is not built.`);
    }
  }
  for (const file of files)
    if (/\.(js|d\.ts)$/.test(file) && !reached.has(file)) {
      rmSync(join(folder, file));
      rmSync(join(folder, `${file}.map`), {force: true});
    }
}

/** @param {string} module */
const declarationOf = (module) => module.replace(/\.js$/, '.d.ts');

/**
 * Returns whether a path of package.json, which may have an asterisk, names a file.
 *
 * @param {string} path
 * @param {string} file
 */
function matches(path, file) {
  const [start = '', end] = path.split('*');
  if (end === undefined) return path === file;
  return file.startsWith(start) && file.endsWith(end) && !file.slice(start.length, -end.length).includes('/');
}

/** @param {unknown} value @returns {string[]} */
const textsIn = (value) =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap((each) => textsIn(each));
