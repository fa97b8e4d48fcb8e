/**
 * Builds the documentation site from `docs` into `.cache/docs`, which `npm start` serves under `/docs/`. A failure leaves
 * the last site unchanged. With `--if-needed` it builds only a site that is missing or older than its sources.
 */
import {renameSync, rmSync, utimesSync} from 'node:fs';
import {isCurrent, runNode, tool, within} from './project.mjs';

const SITE = within('.cache/docs');
const BUILT = `${SITE}/index.html`;
const SOURCES = ['docs', 'scripts/docs', 'custom-elements.json', 'src/errors', 'package.json'];

async function build() {
  console.log('Building the documentation …');
  const folder = `${SITE}-${process.pid}`;
  try {
    const code = await runNode([tool('vitepress/bin/vitepress.js'), 'build', 'docs'], {DOCS_FOLDER: folder});
    if (code) return code;
    rmSync(SITE, {recursive: true, force: true});
    renameSync(folder, SITE);
    // The build itself writes into `docs` last.
    const now = new Date();
    utimesSync(BUILT, now, now);
    console.log('The site is in .cache/docs; it expects to be served under /docs/.');
    return 0;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

process.exitCode = process.argv.includes('--if-needed') && isCurrent(BUILT, SOURCES) ? 0 : await build();
