/**
 * Writes `custom-elements.json` from the elements' sources; with `--check` it writes nothing and fails if the file is not
 * what it would write.
 *
 * What is written once elsewhere comes from there: the events of `<sip-client>` from the table of events, the tokens from
 * their style sheet. A part that a template has and no element documents is an error.
 */
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
// @ts-expect-error It comes without declarations.
import {cli} from '@custom-elements-manifest/analyzer/cli.js';
import {format, resolveConfig} from 'prettier';
import ts from 'typescript';
import {requireCurrent, within} from './project.mjs';

const FILE = 'custom-elements.json';
const EVENTS = 'src/core/client/events.ts';
const TOKENS = 'src/elements/shared/styles/tokens.styles.ts';

/**
 * @typedef {{name: string, description?: string, default?: string, type?: {text: string}}} Documented
 * @typedef {object} Element
 * @property {string} name
 * @property {string} tagName
 * @property {{inheritedFrom?: unknown}[]} [members]
 * @property {{inheritedFrom?: unknown}[]} [attributes]
 * @property {Documented[]} [events]
 * @property {Documented[]} [cssParts]
 * @property {Documented[]} [cssProperties]
 * @property {{name: string, package?: string}} [superclass]
 */

/** @param {string} path */
const read = (path) => readFileSync(within(path), 'utf8');

/** @returns {Documented[]} The events that a client dispatches and a `<sip-client>` repeats. */
function clientEvents() {
  const source = ts.createSourceFile(EVENTS, read(EVENTS), ts.ScriptTarget.Latest, true);
  const table = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'SipEventDetails',
  );
  if (!table || !ts.isInterfaceDeclaration(table)) throw new Error(`${EVENTS} has no SipEventDetails.`);
  return table.members.filter(ts.isPropertySignature).map((event) => {
    const name = /** @type {ts.StringLiteral} */ (event.name).text;
    const [comment] = ts.getJSDocCommentsAndTags(event);
    const description = ts.getTextOfJSDocComment(comment?.comment)?.replace(/\s+/g, ' ');
    if (!description) throw new Error(`${EVENTS}: ${name} has no comment.`);
    const detail = event.type
      ?.getText()
      .replaceAll('readonly ', '')
      .replaceAll(';', ',')
      .replace(/\s+/g, ' ');
    return {name, type: {text: `CustomEvent<${detail}>`}, description};
  });
}

/** @returns {Documented[]} The tokens that a page can set on any ancestor. */
function tokens() {
  return [
    ...read(TOKENS).matchAll(/var\(\s*(--sip-[\w-]+),\s*((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g),
  ].map(([, name = '', value = '']) => ({
    name,
    default: value.replace(/\s+/g, ' ').trim(),
    description: 'A design token: set it on any ancestor of the elements.',
  }));
}

/**
 * The parts in the templates, and the custom properties in the styles, that no element documents.
 *
 * @param {readonly Element[]} elements
 */
function undocumented(elements) {
  const documented = new Set(
    elements.flatMap(({cssParts = [], cssProperties = []}) =>
      [...cssParts, ...cssProperties].map(({name}) => name),
    ),
  );
  const files = readdirSync(within('src/elements'), {recursive: true, encoding: 'utf8'});
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = read(`src/elements/${file}`);
      const parts = [...text.matchAll(/\bpart="([\w -]+)"/g)].flatMap(([, names = '']) => names.split(' '));
      const properties = [...text.matchAll(/var\(\s*(--sip-[\w-]+)/g)].map(([, name = '']) => name);
      return [...parts, ...properties]
        .filter((name) => !documented.has(name))
        .map((name) => `${name} (${file})`);
    });
}

/** @type {{modules: {path: string, declarations?: Element[], exports?: {kind: string}[]}[]}} */
const manifest = await cli({
  argv: ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'],
  cwd: within(''),
  noWrite: true,
});
const elements = manifest.modules
  .flatMap(({declarations = []}) => declarations)
  // The others are inner elements, which belong to one of these.
  .filter(({tagName}) => existsSync(within(`src/define/${tagName}.ts`)))
  .sort((one, other) => (one.tagName < other.tagName ? -1 : 1));

for (const element of elements) {
  // A module that pages cannot import is no place to look.
  for (const member of [...(element.members ?? []), ...(element.attributes ?? [])])
    delete member.inheritedFrom;
  element.superclass = {name: 'LitElement', package: 'lit'};
}
const client = elements.find(({tagName}) => tagName === 'sip-client');
if (!client) throw new Error('There is no <sip-client>.');
const repeated = clientEvents();
client.events = [
  ...repeated,
  ...(client.events ?? []).filter(({name}) => !repeated.some((event) => event.name === name)),
];
client.cssProperties = [...tokens(), ...(client.cssProperties ?? [])];
const missing = undocumented(elements);
if (missing.length > 0)
  throw new Error(`No element documents these parts or properties: ${missing.join(', ')}.`);

/** A module for each tag: what `import 'sip-elements/elements/sip-call.js'` gives. */
const modules = elements.map((declaration) => {
  const path = `elements/${declaration.tagName}.js`;
  const own = {name: declaration.name, module: path};
  return {
    kind: 'javascript-module',
    path,
    declarations: [declaration],
    exports: [
      {kind: 'js', name: declaration.name, declaration: own},
      {kind: 'custom-element-definition', name: declaration.tagName, declaration: own},
    ],
  };
});

const path = within(FILE);
const wanted = await format(JSON.stringify({...manifest, modules}), {
  ...(await resolveConfig(path)),
  filepath: path,
});

if (process.argv.includes('--check')) {
  requireCurrent(FILE, existsSync(path) ? readFileSync(path, 'utf8') : '', wanted, 'npm run manifest');
} else {
  writeFileSync(path, wanted);
}
