/**
 * Bundles the compiled modules with Rollup, as `rollup.config.mjs` lists it: `node scripts/bundle.mjs FOLDER [first|rest]`.
 *
 * `first` bundles only what the first page loads, and copies it into the folder `FIRST`, where it stays when the build moves;
 * `rest` bundles everything else.
 */
import {cpSync, existsSync, readFileSync, rmSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {rollup} from 'rollup';
import config from '../rollup.config.mjs';
import {FIRST} from './build.mjs';
import {within} from './project.mjs';

/** The page that `npm start` names. */
const PAGE = 'demo/index.html';

/**
 * What the scripts of a page load once it is drawn: the workers that its phones share and that encrypt, its language, and what completes and
 * uploads recordings.
 */
const BESIDE = [
  'sip-shared-worker.js',
  'sip-encryption-worker.js',
  'sip-elements-zh.js',
  'sip-elements-ar.js',
  'sip-elements-remux.js',
  'sip-elements-tus.js',
];

/** Returns the paths of what the first page loads. */
function firstPaths() {
  const scripts = [...readFileSync(within(PAGE), 'utf8').matchAll(/\b(?:src|href)="\/([\w./-]+\.js)"/g)];
  return [...scripts.map(([, path = '']) => path), ...BESIDE];
}

/**
 * Returns where an output is written to, relative to a folder: a file, or a folder of files.
 *
 * @param {import('rollup').OutputOptions} output
 * @param {string} folder
 */
const placeOf = ({file, dir = ''}, folder) => relative(folder, file ?? dir);

/**
 * @param {string} folder Of the compiled modules, and of the bundles.
 * @param {string | undefined} part `first` or `rest`; everything by default.
 */
async function bundle(folder, part) {
  const first = firstPaths();
  if (part === 'first') rmSync(FIRST, {recursive: true, force: true});
  for (const options of config({configFolder: folder})) {
    const given = /** @type {import('rollup').OutputOptions} */ (options.output);
    // The server names the source maps by a header: the package has the files without their maps.
    const output = given.sourcemap ? {...given, sourcemap: /** @type {const} */ ('hidden')} : given;
    const place = placeOf(output, folder);
    const isFirst = first.some((path) => path === place || path.startsWith(`${place}/`));
    if (part && isFirst !== (part === 'first')) continue;
    const made = await rollup({...options, logLevel: 'warn'});
    await made.write(output);
    await made.close();
    if (part !== 'first') continue;
    for (const name of [place, `${place}.map`])
      if (existsSync(join(folder, name))) cpSync(join(folder, name), join(FIRST, name), {recursive: true});
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'dist', part] = process.argv.slice(2);
  await bundle(folder, part);
}
