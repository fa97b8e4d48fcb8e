/**
 * Bundles `dist/sip-elements.js`: one ES module with everything in it, for pages without a build.
 *
 * Apart from it, beside it, is what only completes a recording, which few pages make: where that file is missing,
 * recordings stay as the browser wrote them.
 */
import {readFileSync} from 'node:fs';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {licences, minification, onwarn, sourceMaps} from './scripts/rollup.mjs';

const {name, version, license} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('rollup').RollupOptions} */
export default {
  input: 'dist/sip-elements.js',
  onwarn,
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    manualChunks: (id) =>
      /[\\/](?:mediabunny|media[\\/]remux\.js)/.test(id) ? 'sip-elements-remux' : 'sip-elements',
    sourcemap: true,
    banner: `/*! ${name} ${version} | ${license} | others' licences: sip-elements.licences.txt */`,
  },
  plugins: [
    // The list in package.json speaks of `dist`; the build takes place elsewhere.
    nodeResolve({browser: true, ignoreSideEffectsForRoot: true}),
    sourceMaps(),
    licences('sip-elements.licences.txt'),
    terser(minification),
  ],
};
