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
import {basename} from 'node:path';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {LOADER_PARTS, partsOf, READY_PARTS} from './scripts/loader-parts.mjs';
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
/** What lies beside the single file, by its module: few pages need it, and for those it is loaded when they do. */
const BESIDE = {
  'media/recording/remux': 'sip-elements-remux.js',
  'locales/chinese': 'sip-elements-zh.js',
  'locales/arabic': 'sip-elements-ar.js',
  'locales/english': 'sip-elements-en.js',
  'links/dial-links': 'sip-elements-links.js',
  'elements/sip-channels/inner': 'sip-elements-channels.js',
  'elements/sip-channels/tools': 'sip-elements-channel-tools.js',
  'elements/sip-console/inner': 'sip-elements-console.js',
  'elements/sip-directory/desk': 'sip-elements-directory-desk.js',
  'elements/sip-directory/local-search': 'sip-elements-directory-search.js',
  'elements/sip-directory/pinyin': 'sip-elements-pinyin.js',
  'elements/shared/selection/inner': 'sip-elements-selection.js',
  'elements/shared/talk/talk-devices-tools': 'sip-elements-pedals.js',
  'elements/sip-calls/patches-panel': 'sip-elements-patches.js',
  'core/alarms/alarm-keeper': 'sip-elements-alarms.js',
  'elements/sip-queue/inner': 'sip-elements-queue.js',
  'core/recall/recall-keeper': 'sip-elements-recall.js',
  'elements/sip-recall/inner': 'sip-elements-recall-panel.js',
  'core/journal/journal': 'sip-elements-journal.js',
  'elements/sip-journal/inner': 'sip-elements-journal-panel.js',
};
const LOADER = 'sip-elements-loader.js';
const SHARED_WORKER = 'sip-shared-worker.js';
const HANDLER = 'protocol-handler.js';

/** The languages that are put into the single file: `npm run build -- --languages=zh,ar`. */
const INSIDE = (process.env['SIP_ELEMENTS_LANGUAGES'] ?? '')
  .split(',')
  .map((each) => `sip-elements-${each}.js`);

/**
 * Returns the file beside the single file that has the module; undefined if the module is in the single file.
 *
 * @param {string} id
 */
const besideOf = (id) =>
  Object.entries(BESIDE).find(([module]) => id.replaceAll('\\', '/').endsWith(`/${module}.js`))?.[1];

/**
 * Puts the page of a script beside it.
 *
 * @param {string} fileName
 * @returns {import('rollup').Plugin}
 */
const pageOf = (fileName) => ({
  name: 'page',
  buildStart() {
    this.emitFile({
      type: 'asset',
      fileName,
      source: readFileSync(new URL(`src/${fileName}`, import.meta.url)),
    });
  },
});

/**
 * @param {string} folder Of the compiled modules, and of the bundles.
 * @returns {import('rollup').RollupOptions[]}
 */
const bundles = (folder) =>
  [
    ...Object.entries(BESIDE).map(([module, file]) => ({
      input: `${module}.js`,
      file,
      format: /** @type {const} */ ('es'),
    })),
    {input: 'sip-elements.js', file: 'sip-elements.js'},
    // Before the module whose place the next one takes.
    {input: 'functions.global.js', file: 'functions.global.js', format: /** @type {const} */ ('iife')},
    {input: 'functions.js', file: 'functions.js'},
    {input: 'frame-host.js', file: 'frame-host.js'},
    {input: 'frame-phone.js', file: 'frame-phone.js'},
    {input: HANDLER, file: HANDLER},
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
      external: (id, importer) =>
        importer !== undefined && besideOf(id) !== undefined && !INSIDE.includes(besideOf(id) ?? ''),
      output: {
        file: `${folder}/${file}`,
        format,
        inlineDynamicImports: true,
        paths: (id) => `./${besideOf(id)}`,
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
        ...(file === HANDLER ? [pageOf('protocol-handler.html')] : []),
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
  external: (id) => Object.values(BESIDE).some((file) => id.endsWith(file)),
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
    paths: (id) => `./${basename(id)}`,
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
        manualChunks: partsOf(LOADER_PARTS, folder),
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

/**
 * The ready files: a page's usual elements in one file each, which loads the rest from files beside it.
 *
 * @param {string} folder As for `bundles`.
 * @returns {import('rollup').RollupOptions}
 */
const ready = (folder) => ({
  input: {call: `${folder}/ready/call.js`, phone: `${folder}/ready/phone.js`},
  onwarn,
  // It is large, and lies beside the single file already.
  external: (id, importer) => importer !== undefined && besideOf(id) === BESIDE['media/recording/remux'],
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: `${folder}/ready`,
    paths: (id) => `../${besideOf(id)}`,
    banner: `/*! ${name} ${version} | ${license} | others' licences: licences.txt */`,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    onlyExplicitManualChunks: true,
    manualChunks: partsOf(READY_PARTS, folder),
  },
  plugins: [
    nodeResolve({browser: true, ignoreSideEffectsForRoot: true}),
    withoutGrammar(),
    shortTemplates(),
    minification(),
    licences('licences.txt'),
    beside(`${folder}/${SHARED_WORKER}`),
  ],
});

/** @param {Record<string, string>} options `configFolder`: of the compiled modules, `dist` by default. */
export default ({configFolder = 'dist'}) => [
  ...bundles(configFolder),
  classicScript(configFolder),
  ...loader(configFolder),
  ready(configFolder),
];
