/**
 * Bundles a script with files beside it that are loaded when they are used, and that take from the script what it has
 * already: Lit, styles, texts, the client.
 *
 * Such a file does not import the script, because a classic script exports nothing, and because a page may load the script
 * by any name and address. It exports a function instead. The script calls the function with what it shares, once for each
 * copy of the script on the page, and gets what the file's module would export.
 */
import {createHash} from 'node:crypto';
import {dirname, resolve} from 'node:path';
import MagicString from 'magic-string';

/** What the script and its files call the function that loads a file, and what is shared. */
const LOAD = 'loadBesideFile';
const SHARED = 'sharedWithFiles';

/**
 * @typedef {object} BesideFiles
 * @property {import('rollup').GetManualChunk} placeOf Returns the name of the file that has a module, without `.js`.
 * @property {import('rollup').Plugin} plugin Goes before the minification.
 */

/**
 * Returns the file of a module; undefined if the module has none.
 *
 * @param {Readonly<Record<string, string>>} files By the end of the module's path without `.js`.
 * @param {string} id Of the module.
 */
export const fileIn = (files, id) =>
  Object.entries(files).find(([module]) => id.replaceAll('\\', '/').endsWith(`/${module}.js`))?.[1];

/**
 * @param {string} script The name of the script, without `.js`.
 * @param {Readonly<Record<string, string>>} files The file of each module that is loaded with `import()`, by the end of the
 *   module's path without `.js`; several modules may have one file.
 * @returns {BesideFiles}
 */
export function besideFiles(script, files) {
  const entry = `${script}.js`;
  const names = new Set(Object.values(files));
  /** @type {ReturnType<typeof assign> | undefined} */
  let assigned;

  return {
    placeOf(id, graph) {
      assigned ??= assign(graph, (id) => fileIn(files, id));
      return (assigned.places.get(id) ?? entry).replace(/\.js$/, '');
    },
    plugin: {
      name: 'beside-files',
      renderChunk(code, {fileName, facadeModuleId}, _, {chunks}) {
        const tree = /** @type {any} */ (this.parse(code));
        const text = new MagicString(code);
        const build = assigned?.build ?? '';
        if (code.includes(LOAD) || code.includes(SHARED)) this.error(`${fileName} uses a name of its files.`);
        visit(tree, ({type, source, start, end}) => {
          const file = type === 'ImportExpression' && source.value?.replace('./', '');
          if (names.has(file)) text.appendLeft(start, `${LOAD}(`).appendRight(end, ')');
          // Imported by its address, the script would run again, and a classic script exports nothing.
          else if (file === entry) text.overwrite(start, end, `Promise.resolve(${SHARED}["${entry}"])`);
        });
        const exported = exportsOf(tree);
        for (const {start, end} of new Set(exported.map(({node}) => node))) text.remove(start, end);
        /** What other files take from this one. */
        const taken = new Set(
          Object.values(chunks).flatMap(({importedBindings}) => importedBindings[fileName] ?? []),
        );
        for (const {name, local} of exported)
          if (taken.has(name) && changesLater(tree, local))
            this.error(`${fileName} changes ${local} later: files beside it would not learn of that.`);
        if (fileName === entry) {
          const ofPages = namesOf(
            facadeModuleId ?? '',
            (id) => this.getModuleInfo(id)?.exportedBindings ?? {},
          );
          const own = exported.filter(({name}) => ofPages.has(name));
          const given = exported.filter(({name}) => taken.has(name) || !ofPages.has(name));
          text.append(
            `\nconst ${SHARED} = {build: "${build}", ${LOAD}, "${entry}": ${objectOf(given)}};\n` +
              `function ${LOAD}(file) { return file.then((loaded) => loaded.default(${SHARED})); }\n` +
              `export {${own.map(({name, local}) => `${local} as ${name}`).join(', ')}};\n`,
          );
        } else {
          text.prependLeft(
            tree.body[0].start,
            `const make = (${SHARED}) => {\n` +
              `if (${SHARED}.build !== "${build}") ` +
              `throw new Error("${fileName} is not of the same build as ${entry}.");\n` +
              `const {${LOAD}} = ${SHARED};\n`,
          );
          for (const node of tree.body)
            if (node.type === 'ImportDeclaration') text.overwrite(node.start, node.end, taking(node));
          text.append(
            `\nreturn ${objectOf(exported)};\n};\n` +
              `export default (${SHARED}) => ${SHARED}["${fileName}"] ??= make(${SHARED});\n`,
          );
        }
        return {code: text.toString(), map: text.generateMap({hires: 'boundary'})};
      },
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          if (file.fileName !== entry && !names.has(file.fileName))
            this.error(`${file.fileName} is no file that is expected.`);
          if (file.fileName === entry && file.imports.some((name) => bundle[name]))
            this.error(`${entry} imports a file beside it.`);
        }
      },
    },
  };
}

/**
 * Returns the statement that takes what a file imports.
 *
 * @param {any} node An import.
 */
function taking({source, specifiers}) {
  if (!specifiers.length) return '';
  const names = specifiers.map((/** @type {any} */ {imported, local}) => {
    if (!imported) return fail(`A file imports all of ${source.value}.`);
    return `${keyOf(imported)}: ${local.name}`;
  });
  return `const {${names.join(', ')}} = ${SHARED}["${source.value.replace('./', '')}"];`;
}

/** @param {readonly Exported[]} exported */
const objectOf = (exported) => `{${exported.map(({name, local}) => `${name}: ${local}`).join(', ')}}`;

/**
 * Assigns modules to files. A file has what nothing but the file uses, or the files that only it loads; the script has
 * everything else.
 *
 * @param {import('rollup').ManualChunkMeta} graph
 * @param {(id: string) => string | undefined} fileOf
 */
function assign({getModuleIds, getModuleInfo}, fileOf) {
  const ids = [...getModuleIds()];
  /** @param {string} id */
  const infoOf = (id) => getModuleInfo(id) ?? fail(`Rollup does not know ${id}.`);
  /** Returns the modules that some lead to; those of another file only if they are imported statically. @param {string[]} from */
  const reached = (from) => {
    const found = new Set(from);
    for (const id of found) {
      const {importedIds, dynamicallyImportedIds, isExternal} = infoOf(id);
      if (isExternal) continue;
      for (const next of importedIds) found.add(next);
      for (const next of dynamicallyImportedIds) if (!fileOf(next)) found.add(next);
    }
    return found;
  };
  const ofScript = reached(ids.filter((id) => infoOf(id).isEntry));
  for (const id of ofScript)
    if (fileOf(id)) fail(`${id} is imported statically, and so has no file of its own.`);
  /** @type {Map<string, Set<string>>} */
  const ofFiles = new Map();
  for (const file of new Set(ids.flatMap((id) => fileOf(id) ?? [])))
    ofFiles.set(file, reached(ids.filter((id) => fileOf(id) === file)));
  /** Whether only modules of a file load another one. @param {string} file @param {string} other */
  const leadsTo = (file, other) =>
    ids
      .filter((id) => fileOf(id) === other)
      .every((id) => infoOf(id).dynamicImporters.every((importer) => isOnlyOf(file, importer)));
  /** @param {string} file @param {string} id */
  const isOnlyOf = (file, id) => !ofScript.has(id) && !!ofFiles.get(file)?.has(id);
  /** @type {Map<string, string>} */
  const places = new Map();
  for (const id of ids) {
    if (ofScript.has(id) || infoOf(id).isExternal) continue;
    const users = [...ofFiles].flatMap(([file, modules]) => (modules.has(id) ? [file] : []));
    const owner = users.find((file) => users.every((other) => other === file || leadsTo(file, other)));
    if (owner) places.set(id, owner);
  }
  const hash = createHash('sha256');
  for (const line of ids.map((id) => `${fileOf(id) ?? ''} ${infoOf(id).code ?? ''}`).sort())
    hash.update(line);
  return {places, build: hash.digest('base64url').slice(0, 8)};
}

/** @typedef {{name: string, local: string, node: any}} Exported */

/**
 * Returns what a chunk exports, as Rollup writes it.
 *
 * @param {any} tree
 * @returns {Exported[]}
 */
const exportsOf = (tree) =>
  tree.body.flatMap((/** @type {any} */ node) => {
    if (node.type !== 'ExportNamedDeclaration') return [];
    if (node.source || node.declaration) fail('A chunk exports in a way that is not expected.');
    return node.specifiers.map((/** @type {any} */ {exported, local}) => ({
      name: keyOf(exported),
      local: local.name,
      node,
    }));
  });

/**
 * Returns the names that a module exports, those of the modules behind `export *` included.
 *
 * @param {string} id
 * @param {(id: string) => Readonly<Record<string, readonly string[]>>} bindingsOf
 * @returns {Set<string>}
 */
const namesOf = (id, bindingsOf) =>
  new Set(
    Object.entries(bindingsOf(id)).flatMap(([source, names]) =>
      names.flatMap((name) =>
        name === '*' ? [...namesOf(resolve(dirname(id), source), bindingsOf)] : [name],
      ),
    ),
  );

/**
 * Returns whether a chunk gives a variable another value after the chunk was evaluated: a file that took the value would not
 * learn of it.
 *
 * @param {any} tree
 * @param {string} name
 */
function changesLater(tree, name) {
  const isVariable = tree.body.some(
    (/** @type {any} */ {type, kind, declarations}) =>
      type === 'VariableDeclaration' &&
      kind !== 'const' &&
      declarations.some((/** @type {any} */ {id}) => id.name === name),
  );
  let changes = false;
  if (isVariable)
    for (const statement of tree.body)
      visit(statement, (node) => {
        if (!/Function/.test(node.type)) return;
        visit(node, ({type, left, argument}) => {
          if (type === 'AssignmentExpression' && left.name === name) changes = true;
          if (type === 'UpdateExpression' && argument.name === name) changes = true;
        });
      });
  return changes;
}

/** Returns a name that is exported or imported. @param {any} node */
const keyOf = ({name, value}) => name ?? JSON.stringify(value);

/**
 * @param {any} node Of a syntax tree.
 * @param {(node: any) => void} visitor
 */
function visit(node, visitor) {
  if (typeof node?.type === 'string') visitor(node);
  if (node && typeof node === 'object') for (const child of Object.values(node)) visit(child, visitor);
}

/**
 * @param {string} problem
 * @returns {never}
 */
function fail(problem) {
  throw new Error(problem);
}
