/**
 * Bundles what pages without a build load: `dist/sip-elements.js`, one ES module with everything in it, and the same as a
 * classic script, `dist/sip-elements.global.js`, whose exports are `SipElements`; the documented functions as
 * `dist/functions.js`, a module, and as `dist/functions.global.js`, a classic script; the service worker behind
 * notifications with buttons as `dist/sip-notification-worker.js`; the one that a push wakes as `dist/sip-push-worker.js`; the
 * shared worker of all tabs as `dist/sip-shared-worker.js`; the worker that encrypts media as `dist/sip-encryption-worker.js`.
 *
 * `dist/loader` has the loader of single elements, with the files that it loads, their hashes, and the shared worker.
 *
 * What few pages need is in files beside them, loaded when it is used: files by themselves, such as what completes a
 * recording, and files that take what they share with a script from the script.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {besideFiles, fileIn} from './scripts/beside-files.mjs';
import {LOADER_PARTS, partsOf, READY_PARTS} from './scripts/loader-parts.mjs';
import {
  beside,
  licences,
  loaderFiles,
  minification,
  nativeUrl,
  onwarn,
  shortTemplates,
  sourceMaps,
  shortSipJs,
} from './scripts/rollup.mjs';

const {name, version, license} = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
/**
 * Files by themselves, by their module: they lie beside the scripts, and are loaded if a page needs them. Several scripts
 * load the same file.
 */
const ALONE = {
  'media/recording/remux': 'sip-elements-remux.js',
  'locales/chinese': 'sip-elements-zh.js',
  'locales/arabic': 'sip-elements-ar.js',
  'locales/english': 'sip-elements-en.js',
  'links/dial-links': 'sip-elements-links.js',
  'core/alarms/alarm-keeper': 'sip-elements-alarms.js',
  'core/recordings/tus-sender': 'sip-elements-tus.js',
};
/** Files that take what the single file has already from it. */
const OF_SINGLE_FILE = {
  'elements/sip-channels/inner': 'sip-elements-channels.js',
  'elements/sip-channels/tools': 'sip-elements-channel-tools.js',
  'elements/sip-console/inner': 'sip-elements-console.js',
  'elements/sip-monitor/tools': 'sip-elements-monitor-tools.js',
  'elements/sip-directory/desk': 'sip-elements-directory-desk.js',
  'elements/sip-directory/local-search': 'sip-elements-directory-search.js',
  'elements/sip-directory/pinyin': 'sip-elements-pinyin.js',
  'elements/shared/selection/inner': 'sip-elements-selection.js',
  'elements/shared/talk/talk-devices-tools': 'sip-elements-pedals.js',
  'elements/sip-calls/patches-panel': 'sip-elements-patches.js',
  'elements/sip-queue/inner': 'sip-elements-queue.js',
  'elements/sip-recall/inner': 'sip-elements-recall-panel.js',
  'elements/sip-check/inner': 'sip-elements-check-panel.js',
  'elements/sip-recordings/inner': 'sip-elements-recordings.js',
  'elements/sip-desk-link/inner': 'sip-elements-desk-link.js',
  'core/recordings/recordings-outbox': 'sip-elements-outbox.js',
  'core/call/recording-rule': 'sip-elements-outbox.js',
  'elements/shared/recordings/recorded-calls': 'sip-elements-recordings.js',
  'elements/sip-devices/headsets-panel': 'sip-elements-headsets.js',
  'core/headsets/headsets': 'sip-elements-headsets.js',
  'elements/sip-journal/inner': 'sip-elements-journal-panel.js',
  'elements/sip-conference/inner': 'sip-elements-conference.js',
  'elements/sip-monitor/inner': 'sip-elements-monitor.js',
  'elements/sip-intercom/inner': 'sip-elements-intercom.js',
  'elements/sip-directory/inner': 'sip-elements-directory.js',
  'elements/sip-messages/inner': 'sip-elements-messages.js',
  'elements/sip-messages/groups': 'sip-elements-message-groups.js',
  'core/messages/text-deliveries': 'sip-elements-message-groups.js',
  ...Object.fromEntries(
    [
      ...['core/call/running-recording', 'core/call/announcement', 'core/call/sound-preview'],
      ...['core/recordings/recording-name', 'media/recording/recorder', 'media/recording/recording-sink'],
      'core/recordings/kept-recordings',
      ...['media/recording/recording-store', 'media/recording/photo', 'media/recording/download'],
      ...['media/mixing/sound-player', 'media/mixing/sound-source', 'media/mixing/voice-activity'],
      ...['core/patches/patches', 'core/uploads/uploads'],
      ...[
        'core/sign-in/secret-credentials',
        'core/client/short-lived-servers',
        'elements/sip-client/config-file',
      ],
      ...['elements/shared/calls/announcement-panel', 'elements/sip-call/small-phone'],
      ...['media/devices/device-trial', 'media/audio/test-tone'],
    ].map((module) => [module, 'sip-elements-more.js']),
  ),
  'core/recall/recall-keeper': 'sip-elements-recall.js',
  'core/journal/journal': 'sip-elements-journal.js',
  'core/diagnosis/diagnosis': 'sip-elements-check.js',
  'core/pbx/pbx': 'sip-elements-pbx.js',
  'elements/shared/pbx/tools': 'sip-elements-pbx.js',
  'elements/shared/pbx/mailbox-sign': 'sip-elements-pbx.js',
  'core/telemetry/telemetry': 'sip-elements-telemetry.js',
  'core/push/push': 'sip-elements-push.js',
  'media/quality/quality-control': 'sip-elements-quality.js',
  'elements/sip-quality/view': 'sip-elements-quality.js',
  'core/captions/captions': 'sip-elements-captions.js',
  'core/captions/recorded-captions': 'sip-elements-captions.js',
  'core/captions/web-vtt': 'sip-elements-captions.js',
  // Both listen to the sound of calls.
  'media/captions/speech-tap': 'sip-elements-recall.js',
  'elements/shared/captions/tools': 'sip-elements-captions.js',
  'core/devices/device-effects': 'sip-elements-effects.js',
  'elements/shared/effects/tools': 'sip-elements-effects.js',
  'elements/shared/camera/flip-tools': 'sip-elements-quality.js',
  'media/encryption/media-encryption': 'sip-elements-encryption.js',
  'elements/sip-call/encryption-sign': 'sip-elements-encryption.js',
  'elements/sip-map/inner': 'sip-elements-map.js',
  'elements/sip-keys/inner': 'sip-elements-keys.js',
};
/** Files that take what the documented functions have already from their script. */
const OF_FUNCTIONS = {
  'core/messages/message-manager': 'functions-messages.js',
  'core/messages/text-deliveries': 'functions-messages.js',
  'core/uploads/uploads': 'functions-messages.js',
  'core/recall/recall-keeper': 'functions-recall.js',
  'core/journal/journal': 'functions-journal.js',
  'core/diagnosis/diagnosis': 'functions-check.js',
  'core/headsets/headsets': 'functions-headsets.js',
  // The functions record no call by a rule, and upload no recording.
  'core/recordings/recordings-outbox': 'functions-check.js',
  'core/call/recording-rule': 'functions-check.js',
  // The functions have passwords alone.
  'core/sign-in/secret-credentials': 'functions-check.js',
  'core/client/short-lived-servers': 'functions-check.js',
  // Elements alone know names of numbers.
  'core/people/people-resolver': 'functions-people.js',
  'core/pbx/pbx': 'functions-pbx.js',
  'core/telemetry/telemetry': 'functions-telemetry.js',
  // The functions wake no page.
  'core/push/push': 'functions-check.js',
  'media/quality/quality-control': 'functions-quality.js',
  'core/captions/captions': 'functions-captions.js',
  'core/captions/recorded-captions': 'functions-captions.js',
  'core/captions/web-vtt': 'functions-captions.js',
  'media/captions/speech-tap': 'functions-recall.js',
  'core/devices/device-effects': 'functions-quality.js',
  // The functions encrypt nothing.
  'media/encryption/media-encryption': 'functions-quality.js',
  ...Object.fromEntries(
    [
      ...['core/call/running-recording', 'core/call/announcement', 'core/call/sound-preview'],
      ...['core/recordings/recording-name', 'media/recording/recorder', 'media/recording/recording-sink'],
      'core/recordings/kept-recordings',
      ...['media/recording/recording-store', 'media/audio/national-tones', 'media/audio/tones'],
      ...['media/mixing/sound-player', 'media/mixing/sound-source', 'media/mixing/voice-activity'],
      ...['core/call/call-transfer', 'core/patches/patches', 'core/client/kept-calls', 'core/tabs/tab-calls'],
      ...['core/directory/people-watch', 'media/devices/device-trial', 'media/audio/test-tone'],
    ].map((module) => [module, 'functions-more.js']),
  ),
};
/** The files that scripts load. */
const FILES = new Set([ALONE, OF_SINGLE_FILE, OF_FUNCTIONS].flatMap((files) => Object.values(files)));
const LOADER = 'sip-elements-loader.js';
const SHARED_WORKER = 'sip-shared-worker.js';
const ENCRYPTION_WORKER = 'sip-encryption-worker.js';
const HANDLER = 'protocol-handler.js';

/** The languages that are put into the single file: `npm run build -- --languages=zh,ar`. */
const INSIDE = (process.env['SIP_ELEMENTS_LANGUAGES'] ?? '')
  .split(',')
  .map((each) => `sip-elements-${each}.js`);

/**
 * Returns the file by itself that has the module; undefined if the module is in the script.
 *
 * @param {string} id
 */
const besideOf = (id) => fileIn(ALONE, id);

/** @type {import('rollup').IsExternal} */
const isBeside = (id, importer) =>
  importer !== undefined && besideOf(id) !== undefined && !INSIDE.includes(besideOf(id) ?? '');

/** What the loader and the ready files load from the folder above: it is large, and the same for all. */
const ABOVE = [
  'media/recording/remux',
  'core/recordings/tus-sender',
  'locales/chinese',
  'locales/arabic',
].map((module) => ALONE[/** @type {keyof typeof ALONE} */ (module)]);

/** @type {import('rollup').IsExternal} */
const isAbove = (id, importer) => importer !== undefined && ABOVE.includes(besideOf(id) ?? '');

/** @param {string} id */
const pathAbove = (id) => `../${besideOf(id)}`;

/** @param {string} licenceFile */
const bannerOf = (licenceFile) => `/*! ${name} ${version} | ${license} | others' licences: ${licenceFile} */`;

/** @param {string} licenceFile */
const plugins = (licenceFile) => [
  // The list in package.json speaks of `dist`; the build takes place elsewhere.
  nativeUrl(),
  nodeResolve({browser: true, ignoreSideEffectsForRoot: true}),
  sourceMaps(),
  shortSipJs(),
  shortTemplates(),
  licences(licenceFile),
];

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
 * Files by themselves.
 *
 * @param {string} folder Of the compiled modules, and of the bundles.
 * @returns {import('rollup').RollupOptions[]}
 */
const bundles = (folder) =>
  [
    ...Object.entries(ALONE).map(([module, file]) => ({
      input: `${module}.js`,
      file,
      format: /** @type {const} */ ('es'),
    })),
    {input: 'frame-host.js', file: 'frame-host.js'},
    {input: 'frame-phone.js', file: 'frame-phone.js'},
    {input: 'background.js', file: 'background.js'},
    {input: 'noise-suppression.js', file: 'noise-suppression.js'},
    {input: HANDLER, file: HANDLER},
    {
      input: 'sip-notification-worker.js',
      file: 'sip-notification-worker.js',
      format: /** @type {const} */ ('iife'),
    },
    {input: 'sip-push-worker.js', file: 'sip-push-worker.js', format: /** @type {const} */ ('iife')},
    {
      input: ENCRYPTION_WORKER,
      file: ENCRYPTION_WORKER,
      format: /** @type {const} */ ('iife'),
    },
    {input: SHARED_WORKER, file: SHARED_WORKER, format: /** @type {const} */ ('iife')},
  ].map(({input, file, format = /** @type {const} */ ('es')}) => {
    const licenceFile = file.replace(/\.js$/, '.licences.txt');
    return {
      input: `${folder}/${input}`,
      onwarn,
      external: isBeside,
      output: {
        file: `${folder}/${file}`,
        format,
        inlineDynamicImports: true,
        paths: (id) => `./${besideOf(id)}`,
        sourcemap: true,
        sourcemapExcludeSources: true,
        banner: bannerOf(licenceFile),
      },
      plugins: [
        ...plugins(licenceFile),
        minification(),
        ...(file === HANDLER ? [pageOf('protocol-handler.html')] : []),
      ],
    };
  });

/**
 * A script with the files that take what they share with it from the script.
 *
 * @param {string} folder As for `bundles`.
 * @param {string} script Its name, without `.js`.
 * @param {Readonly<Record<string, string>>} files
 * @returns {import('rollup').RollupOptions}
 */
function scriptWithFiles(folder, script, files) {
  const {placeOf, plugin} = besideFiles(script, files);
  const licenceFile = `${script}.licences.txt`;
  return {
    input: {[script]: `${folder}/${script}.js`},
    onwarn,
    external: isBeside,
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: folder,
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      onlyExplicitManualChunks: true,
      manualChunks: placeOf,
      paths: (id) => `./${besideOf(id)}`,
      sourcemap: true,
      sourcemapExcludeSources: true,
      banner: bannerOf(licenceFile),
    },
    plugins: [...plugins(licenceFile), plugin, minification()],
  };
}

/**
 * A script as a classic one, made of the finished module.
 *
 * @param {string} folder As for `bundles`.
 * @param {string} script Its name, without `.js`.
 * @param {string} input What the classic script is made of.
 * @param {import('rollup').OutputOptions} output
 * @returns {import('rollup').RollupOptions}
 */
const classicScript = (folder, script, input, output) => ({
  input: `${folder}/${input}`,
  onwarn,
  external: (id) => FILES.has(basename(id)),
  treeshake: false,
  plugins: [
    {name: 'own-address', resolveImportMeta: () => '(document.currentScript?.src??"")'},
    // The code is minified: this drops what Rollup writes between.
    minification(),
  ],
  output: {
    ...output,
    file: `${folder}/${script}.global.js`,
    format: 'iife',
    compact: true,
    banner: bannerOf(`${script}.licences.txt`),
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
  const {ofParts, ofLoader} = loaderFiles(`${folder}/loading/parts.js`, folder, ABOVE);
  const output = {
    dir: `${folder}/loader`,
    banner: bannerOf('licences.txt'),
  };
  const tags = readdirSync(`${folder}/define`).filter((file) => file.endsWith('.js'));
  const plugins = [
    nativeUrl(),
    nodeResolve({browser: true, ignoreSideEffectsForRoot: true}),
    shortTemplates(),
  ];
  return [
    {
      input: {
        index: `${folder}/index.js`,
        ...Object.fromEntries(tags.map((file) => [file.replace(/\.js$/, ''), `${folder}/define/${file}`])),
      },
      onwarn,
      external: isAbove,
      output: {
        ...output,
        paths: pathAbove,
        entryFileNames: ({name}) => (name === 'index' ? 'index.js' : '[name]-[hash].js'),
        chunkFileNames: '[name]-[hash].js',
        onlyExplicitManualChunks: true,
        manualChunks: partsOf(LOADER_PARTS, folder),
      },
      plugins: [...plugins, shortSipJs(), minification(), licences('licences.txt'), ofParts],
    },
    {
      input: `${folder}/${LOADER}`,
      onwarn,
      output: {...output, inlineDynamicImports: false},
      plugins: [
        ...plugins,
        minification(),
        ofLoader,
        beside(`${folder}/${SHARED_WORKER}`),
        beside(`${folder}/${ENCRYPTION_WORKER}`),
      ],
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
  external: isAbove,
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: `${folder}/ready`,
    paths: pathAbove,
    banner: bannerOf('licences.txt'),
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    onlyExplicitManualChunks: true,
    manualChunks: partsOf(READY_PARTS, folder),
  },
  plugins: [
    nativeUrl(),
    nodeResolve({browser: true, ignoreSideEffectsForRoot: true}),
    shortSipJs(),
    shortTemplates(),
    minification(),
    licences('licences.txt'),
    beside(`${folder}/${SHARED_WORKER}`),
    beside(`${folder}/${ENCRYPTION_WORKER}`),
  ],
});

/** @param {Record<string, string>} options `configFolder`: of the compiled modules, `dist` by default. */
export default ({configFolder = 'dist'}) => [
  ...bundles(configFolder),
  scriptWithFiles(configFolder, 'sip-elements', OF_SINGLE_FILE),
  classicScript(configFolder, 'sip-elements', 'sip-elements.js', {name: 'SipElements', extend: true}),
  scriptWithFiles(configFolder, 'functions', OF_FUNCTIONS),
  classicScript(configFolder, 'functions', 'functions.global.js', {}),
  ...loader(configFolder),
  ready(configFolder),
];
