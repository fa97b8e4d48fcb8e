/**
 * Bundles the development server for the package, into `dist/server`: `bin/sip-elements.mjs` runs it. Small libraries are
 * in the bundle; what is native or large is an optional peer of the package.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {within} from './project.mjs';
import {licencesOf} from './rollup.mjs';

const {dependencies, peerDependencies} = JSON.parse(readFileSync(within('package.json'), 'utf8'));

/** In the bundle; the bundler of the tests would replace it here. */
const META = 'import.meta';

/** @param {string} folder Of the built package, relative to the project's root. */
export async function buildServer(folder) {
  const {metafile} = await build({
    entryPoints: ['server/main.ts'],
    absWorkingDir: within(''),
    outdir: `${folder}/server`,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    external: Object.keys({...dependencies, ...peerDependencies}).flatMap((name) => [name, `${name}/*`]),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    // Libraries that are no modules require those of Node.
    banner: {
      js: `import {createRequire as requireOf} from 'node:module';const require = requireOf(${META}.url);`,
    },
    logLevel: 'warning',
  });
  writeFileSync(join(within(folder), 'server/licences.txt'), licencesOf(Object.keys(metafile.inputs)));
}
