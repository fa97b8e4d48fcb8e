/** Shortens the compiled modules: what only the authors of the elements read stays in their repository. */
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {transformSync} from 'esbuild';
import {parseAst} from 'rollup/parseAst';
import {within} from './project.mjs';
import {shortened} from './rollup.mjs';

const {name} = JSON.parse(readFileSync(within('package.json'), 'utf8'));

/** The beginning of a bundle, which is short already; the minifier may put a sign before it. */
const BANNER = new RegExp(`^!?/\\*! ${name} `);

/**
 * Removes comments, white space and source maps from the compiled modules of a folder, after they were bundled. Declarations
 * keep their comments.
 *
 * @param {string} folder
 */
export function shortenModules(folder) {
  for (const file of readdirSync(folder, {recursive: true}).map((path) => join(folder, String(path)))) {
    if (!file.endsWith('.js') || !existsSync(file.replace(/\.js$/, '.d.ts'))) continue;
    const code = readFileSync(file, 'utf8');
    if (BANNER.test(code)) continue;
    const {code: short} = transformSync(shortened(code, parseAst(code)).toString(), {
      target: 'es2022',
      charset: 'utf8',
      minifyWhitespace: true,
      legalComments: 'inline',
    });
    writeFileSync(file, short);
    rmSync(`${file}.map`, {force: true});
  }
}
