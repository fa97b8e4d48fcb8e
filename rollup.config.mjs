/** Bundles `dist/sip-elements.js`: one ES module with everything in it, for pages without a build. */
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
    file: 'dist/sip-elements.js',
    format: 'es',
    inlineDynamicImports: true,
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
