/**
 * Builds the documentation site from `docs` into `.cache/docs`, which `npm start` serves under `/docs/`. A failure leaves
 * the last site unchanged. With `--if-needed` it builds only a site that is missing or older than its sources.
 */
import {existsSync, renameSync, rmSync, statSync} from 'node:fs';
import {newest} from './build.mjs';
import {runNode, tool, within} from './project.mjs';

const SITE = within('.cache/docs');
const SOURCES = ['docs', 'scripts/docs', 'custom-elements.json', 'src/errors', 'package.json'];

async function build() {
  console.log('Building the documentation …');
  const folder = `${SITE}-${process.pid}`;
  try {
    const code = await runNode([tool('vitepress/bin/vitepress.js'), 'build', 'docs'], {DOCS_FOLDER: folder});
    if (code) return code;
    rmSync(SITE, {recursive: true, force: true});
    renameSync(folder, SITE);
    console.log('The site is in .cache/docs; it expects to be served under /docs/.');
    return 0;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

const built = `${SITE}/index.html`;
const current = existsSync(built) && newest(SOURCES.map(within)) <= statSync(built).mtimeMs;
process.exitCode = current && process.argv.includes('--if-needed') ? 0 : await build();
