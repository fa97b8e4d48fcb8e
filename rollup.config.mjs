/**
 * Bundles what pages without a build load: `dist/sip-elements.js`, one ES module with everything in it, and the same as a
 * classic script, `dist/sip-elements.global.js`, whose exports are `SipElements`; the documented functions as
 * `dist/functions.js`, a module, and as `dist/functions.global.js`, a classic script; the service worker behind
 * notifications with buttons as `dist/sip-notification-worker.js`; the shared worker of all tabs as
 * `dist/sip-shared-worker.js`.
 *
 * `dist/loader` has the loader of single elements, with the files that it loads, their hashes, and the shared worker.
 *
 * Apart from them, beside them, is what only completes a recording, which few pages make: where that file is missing,
 * recordings stay as the browser wrote them.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {loaderParts} from './scripts/loader-parts.mjs';
import {
  beside,
  licences,
  loaderFiles,
  minification,
  onwarn,
  shortTemplates,
  sourceMaps,
  withoutGrammar,
} from './scripts/rollup.mjs';

const {name, version, license} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const REMUX = 'sip-elements-remux.js';
const LOADER = 'sip-elements-loader.js';
const SHARED_WORKER = 'sip-shared-worker.js';
const isRemux = (/** @type {string} */ id) => /[\\/]remux\.js$/.test(id);

/**
 * @param {string} folder Of the compiled modules, and of the bundles.
 * @returns {import('rollup').RollupOptions[]}
 */
const bundles = (folder) =>
  [
    {input: 'media/recording/remux.js', file: REMUX},
    {input: 'sip-elements.js', file: 'sip-elements.js'},
    // Before the module whose place the next one takes.
    {input: 'functions.global.js', file: 'functions.global.js', format: /** @type {const} */ ('iife')},
    {input: 'functions.js', file: 'functions.js'},
    {
      input: 'sip-notification-worker.js',
      file: 'sip-notification-worker.js',
      format: /** @type {const} */ ('iife'),
    },
    {input: SHARED_WORKER, file: SHARED_WORKER, format: /** @type {const} */ ('iife')},
  ].map(({input, file, format = /** @type {const} */ ('es')}) => {
    const licenceFile = file.replace(/\.js$/, '.licences.txt');
    return {
      input: `${folder}/${input}`,
      onwarn,
      external: (id) => file !== REMUX && isRemux(id),
      output: {
        file: `${folder}/${file}`,
        format,
        inlineDynamicImports: true,
        paths: (id) => (isRemux(id) ? `./${REMUX}` : id),
        sourcemap: true,
        sourcemapExcludeSources: true,
        banner: `/*! ${name} ${version} | ${license} | others' licences: ${licenceFile} */`,
      },
      plugins: [
        // The list in package.json speaks of `dist`; the build takes place elsewhere.
        nodeResolve({browser: true, ignoreSideEffectsForRoot: true}),
        sourceMaps(),
        withoutGrammar(),
        shortTemplates(),
        licences(licenceFile),
        minification(),
      ],
    };
  });

/**
 * The single file as a classic script, made of the finished module.
 *
 * @param {string} folder As for `bundles`.
 * @returns {import('rollup').RollupOptions}
 */
const classicScript = (folder) => ({
  input: `${folder}/sip-elements.js`,
  onwarn,
  external: (id) => id.endsWith(REMUX),
  treeshake: false,
  plugins: [
    {name: 'own-address', resolveImportMeta: () => '(document.currentScript?.src??"")'},
    // The code is minified: this drops what Rollup writes between.
    minification(),
  ],
  output: {
    file: `${folder}/sip-elements.global.js`,
    format: 'iife',
    name: 'SipElements',
    extend: true,
    compact: true,
    banner: `/*! ${name} ${version} | ${license} | others' licences: sip-elements.licences.txt */`,
    paths: () => `./${REMUX}`,
  },
});

/**
 * The loader of single elements and its parts, in one folder: the elements, the public API, and the files that they share,
 * by their contents. The loader itself is one file, so that its own hash stands for all: it has that of the list of hashes.
 *
 * @param {string} folder As for `bundles`.
 * @returns {import('rollup').RollupOptions[]}
 */
function loader(folder) {
  const {ofParts, ofLoader} = loaderFiles(`${folder}/loading/parts.js`);
  const output = {
    dir: `${folder}/loader`,
    banner: `/*! ${name} ${version} | ${license} | others' licences: licences.txt */`,
  };
  const tags = readdirSync(`${folder}/define`).filter((file) => file.endsWith('.js'));
  const plugins = [nodeResolve({browser: true, ignoreSideEffectsForRoot: true}), shortTemplates()];
  return [
    {
      input: {
        index: `${folder}/index.js`,
        ...Object.fromEntries(tags.map((file) => [file.replace(/\.js$/, ''), `${folder}/define/${file}`])),
      },
      onwarn,
      output: {
        ...output,
        entryFileNames: ({name}) => (name === 'index' ? 'index.js' : '[name]-[hash].js'),
        chunkFileNames: '[name]-[hash].js',
        onlyExplicitManualChunks: true,
        manualChunks: loaderParts(folder),
      },
      plugins: [...plugins, withoutGrammar(), minification(), licences('licences.txt'), ofParts],
    },
    {
      input: `${folder}/${LOADER}`,
      onwarn,
      output: {...output, inlineDynamicImports: false},
      plugins: [...plugins, minification(), ofLoader, beside(`${folder}/${SHARED_WORKER}`)],
    },
  ];
}

/** @param {Record<string, string>} options `configFolder`: of the compiled modules, `dist` by default. */
export default ({configFolder = 'dist'}) => [
  ...bundles(configFolder),
  classicScript(configFolder),
  ...loader(configFolder),
];
