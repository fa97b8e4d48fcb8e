/**
 * Writes `custom-elements.json` from the elements' sources, the modules that define their tags, and the tables of the
 * documentation; with `--check` it writes nothing and fails if a file is not what it would write.
 *
 * What is written once elsewhere comes from there: the options and events of `<sip-client>` from their tables, the tokens
 * from their style sheet. A part that a template has and no element documents is an error.
 */
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {basename, extname} from 'node:path';
// @ts-expect-error It comes without declarations.
import {cli} from '@custom-elements-manifest/analyzer/cli.js';
import {format, resolveConfig} from 'prettier';
import {tsImport} from 'tsx/esm/api';
import {withTables} from './client-pages.mjs';
import {
  attributeOf,
  classMembers,
  clientCapabilities,
  clientEvents,
  clientMembers,
  clientOptions,
  clientTimeouts,
  configSchema,
} from './client-tables.mjs';
import {DEFINE_FILES, defineFile, withDefinitions} from './define.mjs';
import {fileOf} from './docs/pages.mjs';
import {requireCurrent, within} from './project.mjs';

const FILE = 'custom-elements.json';
const SCHEMA = 'config.schema.json';
const PAGES = ['client', 'events-and-errors', 'migrate/functions', 'guide/troubleshooting'];
/** @type {readonly import('./docs/pages.mjs').Language[]} */
const LANGUAGES = ['en', 'zh'];
const TOKENS = 'src/elements/shared/styles/tokens.styles.ts';

/**
 * @typedef {{name: string, description?: string, default?: string, type?: {text: string}}} Documented
 * @typedef {object} Element
 * @property {string} name
 * @property {string} tagName
 * @property {{name: string, readonly?: boolean, inheritedFrom?: unknown}[]} [members]
 * @property {{name: string, description?: string, fieldName?: string, inheritedFrom?: unknown}[]} [attributes]
 * @property {Documented[]} [events]
 * @property {Documented[]} [cssParts]
 * @property {Documented[]} [cssProperties]
 * @property {{name: string, package?: string}} [superclass]
 */

/** @param {string} path */
const read = (path) => readFileSync(within(path), 'utf8');

/**
 * The event as the manifest describes it; `<sip-client>` repeats all of them.
 *
 * @param {import('./client-tables.mjs').ClientEvent} event
 * @returns {Documented}
 */
function repeatedEvent({name, type, description}) {
  return {name, type: {text: `CustomEvent<${type}>`}, description};
}

/**
 * The property of `<sip-client>` that the table of options declares, with its attribute.
 *
 * @param {import('./client-tables.mjs').Option} option
 */
function optionMember({name, description, defaultValue, attribute}) {
  const member = {
    type: {text: typeof attribute},
    default: attribute === '' ? "''" : String(attribute),
    description: defaultValue ? `${description} Default: ${defaultValue}.` : description,
  };
  return {
    member: {kind: 'field', name, ...member, attribute: attributeOf(name)},
    attribute: {name: attributeOf(name), ...member, fieldName: name},
  };
}

/**
 * What `<sip-client>` forwards to its client as it is.
 *
 * @param {readonly string[]} own The members that its class declares.
 */
const forwarded = (own) =>
  clientMembers()
    .filter(({name}) => !own.includes(name))
    .map(({kind, name, type, description, parameters}) =>
      kind === 'method'
        ? {kind, name, return: {type}, parameters, description}
        : {
            kind,
            name,
            type: {text: `${type.text} | undefined`},
            description: description.replace(/\.$/, '; undefined while there is no client.'),
            readonly: true,
          },
    );

/**
 * The methods of a call that an element forwards to the call that it shows.
 *
 * @param {string} tag
 * @param {readonly string[]} commands
 * @param {readonly string[]} classes The modules of the call's class and of those that it extends.
 */
function forwardCommands(tag, commands, classes) {
  const element = elements.find(({tagName}) => tagName === tag);
  const known = classes.flatMap(classMembers);
  // A wall has several calls.
  const first = tag === 'sip-monitor' ? [{name: 'number', type: {text: 'string'}}] : [];
  element?.members?.push(
    ...commands.map((command) => {
      const found = known.find(({name}) => name === command);
      if (!found) throw new Error(`${classes.join(', ')}: no class has the method ${command}.`);
      const {kind, name, type, description, parameters = []} = found;
      return {kind, name, return: {type}, parameters: [...first, ...parameters], description};
    }),
  );
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
      const parts = [...text.matchAll(/\bpart(?:="([\w -]+)"|: '([\w -]+)',\s+look:)/g)].flatMap(
        ([, names, named = '']) => (names ?? named).split(' '),
      );
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
const definitions = manifest.modules
  .flatMap(({path, declarations = []}) =>
    // The others are inner elements, which belong to one of these: their files have other names.
    declarations
      .filter(({tagName}) => tagName === basename(path, extname(path)))
      .map((element) => ({path, element})),
  )
  .sort(({element: one}, {element: other}) => (one.tagName < other.tagName ? -1 : 1));
const elements = definitions.map(({element}) => element);

for (const element of elements) {
  // A module that pages cannot import is no place to look.
  for (const member of [...(element.members ?? []), ...(element.attributes ?? [])])
    delete member.inheritedFrom;
  element.superclass = {name: 'LitElement', package: 'lit'};
}
const client = elements.find(({tagName}) => tagName === 'sip-client');
if (!client) throw new Error('There is no <sip-client>.');
const options = await clientOptions();
const declared = options.filter(({attribute}) => attribute !== undefined).map(optionMember);
client.members = [...declared.map(({member}) => member), ...(client.members ?? [])];
client.members.push(...forwarded(client.members.map(({name}) => name)));
client.attributes = [...declared.map(({attribute}) => attribute), ...(client.attributes ?? [])];
const events = await clientEvents();
const repeated = events.map(repeatedEvent);
client.events = [
  ...repeated,
  ...(client.events ?? []).filter(({name}) => !repeated.some((event) => event.name === name)),
];
client.cssProperties = [...tokens(), ...(client.cssProperties ?? [])];
// It is read-only where it is declared first.
delete client.members.find(({name}) => name === 'client')?.readonly;
const phone = elements.find(({tagName}) => tagName === 'sip-phone');
if (!phone) throw new Error('There is no <sip-phone>.');
const {attributes: ownAttributes = [], events: ownEvents = []} = phone;
// A phone passes them to its own client, whose events bubble from it.
phone.attributes = [
  ...ownAttributes,
  ...client.attributes
    .filter(({name}) => !ownAttributes.some((attribute) => attribute.name === name))
    .map(({fieldName: _fieldName, ...attribute}) => attribute),
];
phone.events = [...repeated, ...ownEvents.filter(({name}) => !repeated.some((event) => event.name === name))];
const {CALL_COMMANDS, CAMERA_COMMANDS, CONFERENCE_COMMANDS, INTERCOM_COMMANDS} =
  /** @type {typeof import('../src/elements/shared/calls/call-commands.js')} */ (
    await tsImport('../src/elements/shared/calls/call-commands.ts', import.meta.url)
  );
const CALL = 'src/core/call/call.ts';
forwardCommands('sip-call', CALL_COMMANDS, [CALL]);
forwardCommands('sip-conference', CONFERENCE_COMMANDS, ['src/core/conference/conference.ts', CALL]);
forwardCommands('sip-intercom', INTERCOM_COMMANDS, ['src/core/intercom/intercom.ts', CALL]);
forwardCommands('sip-monitor', CAMERA_COMMANDS, [CALL]);
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

/**
 * @param {string} file
 * @param {string} text What it should contain, before it is formatted.
 */
async function write(file, text) {
  const path = within(file);
  const wanted = await format(text, {...(await resolveConfig(path)), filepath: path});
  if (!process.argv.includes('--check')) writeFileSync(path, wanted);
  else requireCurrent(file, existsSync(path) ? readFileSync(path, 'utf8') : '', wanted, 'npm run manifest');
}

await write(SCHEMA, JSON.stringify(await configSchema()));
await write(FILE, JSON.stringify({...manifest, modules}));
const defined = definitions.map(({path, element: {name, tagName}}) => ({path, name, tagName}));
for (const one of defined) await write(`src/define/${one.tagName}.ts`, defineFile(one));
for (const file of DEFINE_FILES) await write(file, withDefinitions(file, read(file), defined));
const tables = {
  options,
  events,
  timeouts: await clientTimeouts(),
  capabilities: clientCapabilities(),
  attributes: client.attributes,
  errors: /** @type {typeof import('../src/errors/texts.js')} */ (
    await tsImport('../src/errors/texts.ts', import.meta.url)
  ).ERROR_TEXTS,
  errorsZh: /** @type {typeof import('../src/errors/texts-zh.js')} */ (
    await tsImport('../src/errors/texts-zh.ts', import.meta.url)
  ).errorsZh,
};
for (const language of LANGUAGES) {
  const files = PAGES.map((page) => fileOf(page, language));
  const pages = withTables(files.map(read), tables, language);
  for (const [index, file] of files.entries()) await write(file, pages[index] ?? '');
}
