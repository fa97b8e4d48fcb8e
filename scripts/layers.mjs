/**
 * The rule `layers/imports`: what each folder may import, as one table.
 *
 * A file belongs to the longest entry of {@link LAYERS} that its path begins with. An import is allowed where its
 * target lies under one of `imports`; under one of `later` it is allowed by `import()` and for types only, so that
 * nothing of it loads before it is used. `packages` are the dependencies that the folder may name.
 */
import {dirname, join, relative, sep} from 'node:path';

const LIT = ['lit', '@lit/context', '@shoelace-style/localize'];

/**
 * @typedef {object} Layer
 * @property {readonly string[]} [imports]
 * @property {readonly string[]} [later]
 * @property {readonly string[]} [packages] Every package where it is not given.
 */

/** @type {Readonly<Record<string, Layer>>} */
export const LAYERS = {
  'src/errors': {imports: ['src/errors'], packages: []},
  'src/durations': {packages: []},
  'src/core': {imports: ['src/core', 'src/errors'], later: ['src/media'], packages: []},
  'src/media': {imports: ['src/media', 'src/errors', 'src/durations'], packages: []},
  // Loaded when a recording ends, and never before.
  'src/media/recording/remux': {imports: ['src/media'], packages: ['mediabunny']},
  'src/sip': {
    imports: ['src/sip', 'src/core', 'src/media', 'src/errors', 'src/durations'],
    packages: ['sip.js', '@noble/hashes'],
  },
  // The development server shares it.
  'src/sip/headers/header-values': {packages: []},
  'src/dispatch': {
    imports: ['src/dispatch', 'src/sip', 'src/core', 'src/media', 'src/errors'],
    packages: ['@noble/hashes'],
  },
  // The development server shares it: it brings nothing of a browser with it.
  'src/dispatch/protocol': {packages: []},
  'src/standard': {
    imports: ['src/standard', 'src/sip', 'src/core', 'src/media', 'src/errors'],
    packages: ['@noble/hashes'],
  },
  'src/client': {
    imports: ['src/core', 'src/errors'],
    later: ['src/dispatch', 'src/standard', 'src/sip', 'src/media'],
    packages: [],
  },
  'src/context': {imports: ['src/context', 'src/core', 'src/errors'], packages: LIT},
  'src/locales': {imports: ['src/locales', 'src/core', 'src/errors'], packages: LIT},
  'src/controllers': {
    imports: ['src/controllers', 'src/context', 'src/locales', 'src/core', 'src/errors'],
    packages: LIT,
  },
  'src/elements': {
    imports: [
      'src/elements',
      'src/controllers',
      'src/context',
      'src/locales',
      'src/core',
      'src/errors',
      'src/durations',
    ],
    later: ['src/media'],
    packages: LIT,
  },
  'src/elements/sip-client': {
    imports: [
      'src/client',
      'src/elements',
      'src/controllers',
      'src/context',
      'src/locales',
      'src/core',
      'src/errors',
    ],
    later: ['src/media'],
    packages: LIT,
  },
  'src/define': {
    imports: ['src/define', 'src/elements', 'src/context', 'src/locales'],
    packages: LIT,
  },
  'src/functions': {
    imports: ['src/functions', 'src/client', 'src/core', 'src/errors', 'src/dispatch/protocol'],
    packages: [],
  },
  'src/index': {
    imports: [
      'src/client',
      'src/context',
      'src/controllers',
      'src/core',
      'src/dispatch',
      'src/elements',
      'src/errors',
      'src/locales',
      'src/media',
      'src/sip',
      'src/standard',
    ],
    packages: LIT,
  },
  // A service worker: a script by itself.
  'src/sip-notification-worker': {packages: []},
  'src/sip-elements': {imports: ['src/define', 'src/index'], packages: []},
  server: {
    imports: ['server', 'src/dispatch/protocol', 'src/sip/headers/header-values', 'scripts/kept-tables'],
  },
  // Pages use the built package and nothing else.
  demo: {imports: ['demo'], packages: ['sip-elements', '/sip-elements.js']},
};

/** @type {import('eslint').Rule.RuleModule} */
export const imports = {
  meta: {
    type: 'problem',
    docs: {description: 'Keeps imports within the layers of the design.'},
    schema: [],
    messages: {
      forbidden: '{{layer}} may not import {{target}}.',
      later: '{{layer}} may import {{target}} by import() only (its types freely).',
      unknown: '{{layer}} is no layer: give it an entry in scripts/layers.mjs.',
    },
  },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const layer = layerOf(file);
    if (layer === undefined) {
      const report = (/** @type {import('estree').Node} */ node) =>
        context.report({node, messageId: 'unknown', data: {layer: file}});
      return file.startsWith('src/') ? {Program: report} : {};
    }

    const check = (
      /** @type {any} */ node,
      /** @type {unknown} */ specifier,
      /** @type {boolean} */ lazy,
    ) => {
      if (typeof specifier !== 'string') return;
      const verdict = judge(layer, file, specifier, lazy);
      if (verdict) context.report({node, ...verdict});
    };
    const onStatic = (/** @type {any} */ node) =>
      check(node, node.source?.value, (node.importKind ?? node.exportKind) === 'type');
    return {
      ImportDeclaration: onStatic,
      ExportNamedDeclaration: onStatic,
      ExportAllDeclaration: onStatic,
      ImportExpression: (/** @type {any} */ node) => check(node, node.source.value, true),
      TSImportType: (/** @type {any} */ node) =>
        check(node, (node.source ?? node.argument?.literal)?.value, true),
    };
  },
};

/**
 * @param {string} layer
 * @param {string} file
 * @param {string} specifier
 * @param {boolean} lazy Whether nothing is loaded by it at once.
 */
function judge(layer, file, specifier, lazy) {
  const {imports: allowed = [], later = [], packages} = LAYERS[layer] ?? {};
  if (!specifier.startsWith('.')) {
    if (packages?.some((name) => isUnder(specifier, name)) ?? true) return undefined;
    return {messageId: 'forbidden', data: {layer, target: specifier}};
  }
  const target = join(dirname(file), specifier)
    .split(sep)
    .join('/')
    .replace(/\.(m?js|tsx?)$/, '');
  if (allowed.some((path) => isUnder(target, path))) return undefined;
  if (!later.some((path) => isUnder(target, path))) return {messageId: 'forbidden', data: {layer, target}};
  return lazy ? undefined : {messageId: 'later', data: {layer, target}};
}

/** @param {string} file */
function layerOf(file) {
  const path = file.replace(/\.(m?js|tsx?)$/, '').replace(/\.global$/, '');
  return Object.keys(LAYERS)
    .filter((layer) => isUnder(path, layer))
    .sort((one, other) => other.length - one.length)[0];
}

/**
 * @param {string} path
 * @param {string} folder
 */
const isUnder = (path, folder) => path === folder || path.startsWith(`${folder}/`);
