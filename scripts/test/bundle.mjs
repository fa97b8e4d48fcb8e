/** Serves the tests as few files: loading a page module by module takes longer than most of its tests. */
import {join} from 'node:path';
import {build} from 'esbuild';
import {within} from '../project.mjs';

/** The path of chunks that tests share. */
const CHUNKS = 'test/chunks';

/**
 * Bundles test files, with one copy of shared code, and serves each at its own address.
 *
 * @param {readonly string[]} files Relative to the project's root.
 * @param {readonly string[]} inject Modules that run before each of them.
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function bundle(files, inject) {
  /** @type {Map<string, string>} */
  const served = new Map();
  return {
    name: 'bundle',
    async serverStart() {
      const root = within('');
      const {outputFiles} = await build({
        entryPoints: [...files],
        outdir: root,
        outbase: root,
        absWorkingDir: root,
        inject: [...inject],
        chunkNames: `${CHUNKS}/[name]-[hash]`,
        bundle: true,
        // The package's list of side effects names files of `dist`.
        ignoreAnnotations: true,
        splitting: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        tsconfig: 'tsconfig.json',
        conditions: ['development', 'browser'],
        sourcemap: 'linked',
        logLevel: 'warning',
      });
      // The worker that encrypts media is a file by itself, as in the package.
      const worker = await build({
        entryPoints: [within('src/sip-encryption-worker.ts')],
        outfile: join(root, 'sip-encryption-worker.js'),
        bundle: true,
        write: false,
        format: 'iife',
        target: 'es2022',
        logLevel: 'warning',
      });
      for (const {path, text} of [...outputFiles, ...worker.outputFiles])
        served.set(path.slice(join(root, '/').length), text);
    },
    serve({path}) {
      const body = served.get(path.slice(1).replace(/\.ts$/, '.js'));
      return body === undefined ? undefined : {body, type: path.endsWith('.map') ? 'json' : 'js'};
    },
  };
}
