/** Bundles `dist/sip-elements.js`: one ES module with everything in it, for pages without a build. */
import {readFileSync} from 'node:fs';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {licences, minification, sourceMaps} from './scripts/rollup.mjs';

const {name, version, license} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('rollup').RollupOptions} */
export default {
  input: 'dist/sip-elements.js',
  // The compiler's helper for decorators looks for `this`.
  onwarn: (warning, warn) => warning.code === 'THIS_IS_UNDEFINED' || warn(warning),
  output: {
    file: 'dist/sip-elements.js',
    format: 'es',
    inlineDynamicImports: true,
    sourcemap: true,
    banner: `/*! ${name} ${version} | ${license} | others' licences: sip-elements.licences.txt */`,
  },
  plugins: [
    nodeResolve({browser: true}),
    sourceMaps(),
    licences('sip-elements.licences.txt'),
    terser(minification),
  ],
};
