/** Shortens the compiled modules: what only the authors of the elements read stays in their repository. */
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {transformSync} from 'esbuild';
import {parseAst} from 'rollup/parseAst';
import {shortened} from './rollup.mjs';

/** The beginning of a bundle, which is short already; the minifier may put a sign before it. */
const BANNER = /^!?\/\*!/;

/**
 * Removes comments, the indentation of templates, and source maps from the compiled modules of a folder, after they were
 * bundled. Declarations keep their comments.
 *
 * @param {string} folder
 */
export function shortenModules(folder) {
  for (const name of readdirSync(folder, {recursive: true}).map(String)) {
    const file = join(folder, name);
    if (!name.endsWith('.js') || !existsSync(`${file}.map`)) continue;
    const code = readFileSync(file, 'utf8');
    if (BANNER.test(code)) continue;
    const short = shortened(code, parseAst(code)).toString();
    writeFileSync(
      file,
      transformSync(short, {target: 'es2022', charset: 'utf8', legalComments: 'inline'}).code,
    );
    rmSync(`${file}.map`, {force: true});
  }
}
