/**
 * Builds the package of the development server, in `server/dist`: the bundle of its sources, that of the process that reads
 * files, and the demo pages that it serves.
 * Run by `npm pack` in `server`. Its dependencies stay outside the bundle.
 */
import {cpSync, readdirSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {within} from './project.mjs';

/** The folder of the package, relative to the project's root. */
export const SERVER = 'server';

/** The folders of `demo` that are no pages: applications, configurations of other servers, files for other sites. */
const NO_PAGES = ['frameworks', 'infra', 'sites'];

export async function buildServer() {
  const folder = within(`${SERVER}/dist`);
  rmSync(folder, {recursive: true, force: true});
  await build({
    entryPoints: {main: `${SERVER}/main.ts`, 'file-reader': `${SERVER}/files/decoding/reader.ts`},
    absWorkingDir: within(''),
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: 'tsconfig.json',
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const name of readdirSync(within('demo')))
    if (!NO_PAGES.includes(name)) cpSync(within(`demo/${name}`), `${folder}/demo/${name}`, {recursive: true});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();
