/** Shared by the bundle and the measurement of sizes. */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {minify} from '@swc/core';
import MagicString from 'magic-string';
import {withShortPrivateNames} from './private-names.mjs';

/**
 * Returns code without what only readers need. Comments that begin with `!` stay.
 *
 * Statements stay apart, and variables where they were written: both compress better, by brotli, than what is shorter.
 * Private names stay as well: those that `withShortPrivateNames` gives compress better.
 *
 * @param {string} code
 * @param {{module?: boolean, sourceMap?: boolean}} [options]
 */
const compressed = (code, {module = true, sourceMap = false} = {}) =>
  minify(code, {
    module,
    sourceMap,
    ecma: 2022,
    compress: {ecma: 2022, passes: 3, sequences: false, collapse_vars: false},
    mangle: {keepPrivateProps: true},
    format: {comments: 'some'},
  });

/**
 * Returns code as a bundle has it.
 *
 * @param {string} code
 */
export const minified = async (code) => ({
  code: withShortPrivateNames((await compressed(code)).code).toString(),
});

/** What the browser has itself, in place of a package that tus-js-client brings for other surroundings. */
const URL_MODULE = '\0native-url';

/**
 * Puts the browser's `URL` in the place of `url-parse`.
 *
 * @returns {import('rollup').Plugin}
 */
export const nativeUrl = () => ({
  name: 'native-url',
  resolveId: (id) => (id === 'url-parse' ? URL_MODULE : null),
  load: (id) => (id === URL_MODULE ? 'export default globalThis.URL;' : null),
});

/**
 * Minifies the files of a bundle.
 *
 * @returns {import('rollup').Plugin[]}
 */
export function minification() {
  return [
    {
      name: 'minification',
      async renderChunk(code, _, {format, sourcemap}) {
        return compressed(code, {module: format === 'es', sourceMap: !!sourcemap});
      },
    },
    {
      name: 'private-names',
      renderChunk(code, _, {sourcemap}) {
        const short = withShortPrivateNames(code);
        return {code: short.toString(), map: sourcemap ? short.generateMap({hires: 'boundary'}) : null};
      },
    },
  ];
}

/**
 * Prints Rollup's warnings, except for the compiler's decorator helper, which uses `this`, and for circular
 * dependencies within a package.
 *
 * @type {import('rollup').WarningHandlerWithDefault}
 */
export const onwarn = (warning, warn) => {
  if (warning.code === 'THIS_IS_UNDEFINED') return;
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => packageOf(id))) return;
  warn(warning);
};

/**
 * Passes the compiler's source maps on, so that the bundle's map leads to the TypeScript.
 *
 * @returns {import('rollup').Plugin}
 */
export function sourceMaps() {
  return {
    name: 'source-maps',
    load(id) {
      if (!id.endsWith('.js') || !existsSync(`${id}.map`)) return null;
      return {code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8'))};
    },
  };
}

/**
 * Leaves out of sip.js its grammar, which `src/sip/headers/grammar.ts` replaces, and what its transactions log for debugging
 * sip.js: each message that they send and receive is in the log anyway.
 *
 * @returns {import('rollup').Plugin}
 */
export function shortSipJs() {
  return {
    name: 'short-sip-js',
    load(id) {
      if (!/[\\/]grammar[\\/]pegjs[\\/]dist[\\/]grammar\.js$/.test(id)) return null;
      return "export function parse() { throw new Error('replaceGrammar() comes first.'); }";
    },
    transform(code, id) {
      if (!/[\\/]sip\.js[\\/]lib[\\/]core[\\/]transactions[\\/]/.test(id)) return null;
      const short = new MagicString(code).replace(/^ *this\.logger\.debug\(.*\);$/gm, '');
      return {code: short.toString(), map: short.generateMap({hires: true})};
    },
  };
}

/**
 * Removes comments of style sheets, and the indentation of style sheets and templates.
 *
 * @returns {import('rollup').Plugin}
 */
export function shortTemplates() {
  return {
    name: 'short-templates',
    transform(code, id) {
      if (id.includes('node_modules')) return null;
      const short = shortened(code, this.parse(code));
      return short.hasChanged() ? {code: short.toString(), map: short.generateMap({hires: true})} : null;
    },
  };
}

/**
 * Returns a module without comments of style sheets, and without the indentation of style sheets and templates.
 *
 * @param {string} code
 * @param {import('rollup').ProgramNode} tree
 */
export function shortened(code, tree) {
  const short = new MagicString(code);
  visit(tree, ({type, tag, quasi}) => {
    if (type !== 'TaggedTemplateExpression' || !['css', 'html', 'svg'].includes(tag.name)) return;
    for (const {start, end} of quasi.quasis) {
      const text = code.slice(start, end);
      const shorter = tag.name === 'css' ? shortSheet(text) : text.replace(/\s*\n\s*/g, ' ');
      if (shorter !== text) short.update(start, end, shorter);
    }
  });
  return short;
}

/** @param {string} text */
const shortSheet = (text) =>
  text
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/(?<=[{};,])\s*\n\s*|\s*\n\s*(?=[{}])/g, '')
    .replace(/\s*\n\s*/g, ' ');

/**
 * @param {any} node Of a syntax tree.
 * @param {(node: any) => void} visitor
 */
function visit(node, visitor) {
  if (typeof node?.type === 'string') visitor(node);
  if (node && typeof node === 'object') for (const child of Object.values(node)) visit(child, visitor);
}

/**
 * Writes the licences of the packages in a bundle to a file beside it.
 *
 * @param {string} fileName
 * @returns {import('rollup').Plugin}
 */
export function licences(fileName) {
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      const modules = chunksOf(bundle).flatMap((chunk) =>
        Object.entries(chunk.modules).flatMap(([id, {renderedLength}]) => (renderedLength ? [id] : [])),
      );
      // The drawings are copied into the sources, so no module leads to their package.
      const drawings = modules.some((id) => id.includes(join('elements', 'shared', 'icons')))
        ? [join('node_modules', 'lucide-static', 'index.js')]
        : [];
      const source = licencesOf([...modules, ...drawings]);
      this.emitFile({type: 'asset', fileName, source});
    },
  };
}

/**
 * Returns the licences of the packages that modules belong to.
 *
 * @param {readonly string[]} modules Their paths.
 */
export function licencesOf(modules) {
  const folders = [...new Set(modules.flatMap((id) => packageOf(id) ?? []))].sort();
  return `${folders.map(licenceOf).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/**
 * Tells the loader of its parts, which are bundled first:
 *
 * - the parts load others by `sipElementsPart`, the loader's function that loads what they import at the same time, and checks
 *   them if the page has asked for that (`src/loading`);
 * - the loader has a list of the parts, with what each imports, and the address and the hash of a file with the hashes of all;
 * - `integrity.json` has the hashes of the loader, all parts and what they load from beside the folder, for pages and their
 *   import maps (Subresource Integrity).
 *
 * @param {string} list The module whose place in the loader the list takes.
 * @param {string} folder Of the compiled modules, which has the finished files that lie beside the folder of the loader.
 * @param {readonly string[]} outside The names of those that parts load.
 * @returns {{ofParts: import('rollup').Plugin, ofLoader: import('rollup').Plugin}}
 */
export function loaderFiles(list, folder, outside) {
  /** The files of the parts that the loader imports, by their modules. @type {Map<string, string>} */
  const files = new Map();
  /** @type {Record<string, string>} */
  const hashes = {};
  /** @type {(readonly (string | number)[])[]} */
  let parts = [];
  let listed = {file: '', integrity: ''};
  /** @param {string} code */
  const renderChunk = (code) => ({
    code: code.replace(
      /\bimport\(["'`](\.\.?\/[^"'`]+)["'`]\)/g,
      '(globalThis.sipElementsPart?.("$1",import.meta.url)??import("$1"))',
    ),
    map: null,
  });
  return {
    ofParts: {
      name: 'parts',
      renderChunk,
      generateBundle(_, bundle) {
        // A tag's own file that only imports the part that defines the tag.
        for (const {fileName, isEntry, exports, moduleIds} of chunksOf(bundle))
          if (isEntry && moduleIds.length === 0 && exports.length === 1) delete bundle[fileName];
        const chunks = chunksOf(bundle);
        for (const {fileName, moduleIds, code} of chunks) {
          for (const id of moduleIds) files.set(id, fileName);
          hashes[`./${fileName}`] = hashOf(code);
        }
        for (const name of outside) hashes[`../${name}`] = hashOf(readFileSync(join(folder, name), 'utf8'));
        parts = chunks.map(({fileName, imports}) => [
          fileName,
          ...imports.map((name) => chunks.findIndex((chunk) => chunk.fileName === name)),
        ]);
        parts.push(...outside.map((name) => [`../${name}`]));
        const source = `export default ${JSON.stringify(Object.values(hashes))};\n`;
        const integrity = hashOf(source);
        const fileName = `hashes-${integrity.replace(/\W/g, '').slice(6, 14)}.js`;
        listed = {file: fileName, integrity};
        this.emitFile({type: 'asset', fileName, source});
      },
    },
    ofLoader: {
      name: 'loader',
      renderChunk,
      load: (id) =>
        id === resolve(list)
          ? `export const PARTS = ${JSON.stringify(parts)}; export const HASHES = ${JSON.stringify(listed)};`
          : null,
      resolveDynamicImport(specifier, importer) {
        const file = typeof specifier === 'string' && files.get(resolve(dirname(importer), specifier));
        return file ? {id: `./${file}`, external: true} : null;
      },
      generateBundle(_, bundle) {
        for (const {fileName, code} of chunksOf(bundle)) hashes[`./${fileName}`] = hashOf(code);
        const source = `${JSON.stringify({integrity: hashes}, undefined, 2)}\n`;
        this.emitFile({type: 'asset', fileName: 'integrity.json', source});
      },
    },
  };
}

/** @param {string} code */
const hashOf = (code) => `sha384-${createHash('sha384').update(code).digest('base64')}`;

/**
 * Puts a copy of a finished file beside the bundle.
 *
 * @param {string} path
 * @returns {import('rollup').Plugin}
 */
export function beside(path) {
  return {
    name: 'beside',
    generateBundle() {
      this.emitFile({type: 'asset', fileName: basename(path), source: readFileSync(path)});
    },
  };
}

/** @param {import('rollup').OutputBundle} bundle */
const chunksOf = (bundle) => Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []));

/** @param {string} id */
const packageOf = (id) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(id)?.[0];

/** @param {string} folder */
function licenceOf(folder) {
  const {
    name,
    version,
    license,
    homepage = '',
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file in ${dirname(folder)}.`);
  return [
    `${name} ${version} (${license}) ${homepage}`.trim(),
    readFileSync(join(folder, file), 'utf8').trim(),
  ].join('\n\n');
}
