/** Reads the tables of a client's options, capabilities and events, with their comments, for manifest and documentation. */
import {readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {tsImport} from 'tsx/esm/api';
import ts from 'typescript';
import {firstSentence} from './docs/markdown.mjs';
import {within} from './project.mjs';

const CLIENT = 'src/core/client/client.ts';
const EVENTS = 'src/core/client/events.ts';
const CONFIG = 'src/elements/sip-client/config-fields.ts';
const OPTIONS = 'src/core/client/options.ts';
const CAPABILITIES = 'src/core/capabilities.ts';
const PATTERNS = 'src/core/client/dial-patterns.ts';

/**
 * @typedef {object} Member A documented member of an interface.
 * @property {string} name
 * @property {string} description
 * @property {string} defaultValue What its tag `@defaultValue` says; empty without one.
 * @property {ts.TypeNode} type
 *
 * @typedef {object} Option
 * @property {string} name
 * @property {string} description
 * @property {string} defaultValue
 * @property {string | number | boolean | undefined} attribute See `OptionRow` in `options.ts`.
 *
 * @typedef {object} ClientEvent
 * @property {string} name
 * @property {string} description
 * @property {string} type Of its detail.
 * @property {readonly string[]} detail The names of the detail's members; empty if it has none.
 * @property {boolean} cancelable
 *
 * @typedef {object} Timeout
 * @property {string} name
 * @property {string} description
 * @property {number} milliseconds
 *
 * @typedef {object} ClientMember A member of a class that pages use: of a client, of a call.
 * @property {'field' | 'method'} kind
 * @property {string} name
 * @property {string} description The first sentence of its comment.
 * @property {{text: string}} type What a method returns.
 * @property {{name: string, optional?: boolean, type: {text: string}}[]} [parameters]
 */

/** @type {Map<string, Promise<Record<string, any>>>} */
const loaded = new Map();

/** @param {string} path A module of the source. */
function load(path) {
  const module = loaded.get(path) ?? tsImport(within(path), import.meta.url);
  loaded.set(path, module);
  return module;
}

/** @param {string} path */
const parsed = (path) =>
  ts.createSourceFile(path, readFileSync(within(path), 'utf8'), ts.ScriptTarget.Latest, true);

/**
 * @param {string} path
 * @param {string} name
 */
function interfaceOf(path, name) {
  const found = parsed(path).statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${path} has no interface ${name}.`);
  return found;
}

/**
 * @param {string} path
 * @param {string} name Of an interface in it.
 * @returns {Member[]}
 */
function membersOf(path, name) {
  return interfaceOf(path, name)
    .members.filter(ts.isPropertySignature)
    .map((member) => {
      const {text} = /** @type {ts.StringLiteral} */ (member.name);
      const [comment] = ts.getJSDocCommentsAndTags(member);
      const description = plain(comment?.comment);
      if (!description || !member.type) throw new Error(`${path}: ${text} has no comment.`);
      const tag = ts.getJSDocTags(member).find(({tagName}) => tagName.text === 'defaultValue');
      return {name: text, description, defaultValue: plain(tag?.comment), type: member.type};
    });
}

/**
 * Returns the names of an object type's members, `?` after those that may be missing.
 *
 * @param {ts.TypeNode} type
 * @returns {string[]}
 */
function memberNames(type) {
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap(memberNames);
  if (ts.isTypeLiteralNode(type)) return type.members.map(memberName);
  if (!ts.isTypeReferenceNode(type)) return [];
  const name = type.getText();
  const importing = type
    .getSourceFile()
    .statements.filter(ts.isImportDeclaration)
    .find((statement) => new RegExp(`\\b${name}\\b`).test(statement.importClause?.getText() ?? ''));
  if (!importing) throw new Error(`${type.getSourceFile().fileName} does not import ${name}.`);
  const {text} = /** @type {ts.StringLiteral} */ (importing.moduleSpecifier);
  const path = posix.join(posix.dirname(type.getSourceFile().fileName), text.replace(/js$/, 'ts'));
  return interfaceOf(path, name).members.map(memberName);
}

/** @param {ts.TypeElement} member */
const memberName = (member) => `${member.name?.getText()}${member.questionToken ? '?' : ''}`;

/** @param {string} text */
const onOneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {Parameters<typeof ts.getTextOfJSDocComment>[0]} comment */
const plain = (comment) => onOneLine(ts.getTextOfJSDocComment(comment) ?? '');

/**
 * Fails if a comment names another default than the table has.
 *
 * @returns {Promise<Option[]>} In the order of the table.
 */
export async function clientOptions() {
  const table = (await load(OPTIONS)).OPTIONS;
  const documented = [...membersOf(OPTIONS, 'SipClientOptions'), ...membersOf(PATTERNS, 'DialPatterns')];
  return Object.keys(table).map((name) => {
    const {attribute, check} = table[name];
    const option = documented.find((member) => member.name === name);
    if (!option) throw new Error(`No interface documents the option ${name}.`);
    const {description, defaultValue} = option;
    // The user has no default: its check throws.
    const made = name === 'user' ? undefined : check?.(undefined, name);
    const stated = ['number', 'boolean'].includes(typeof made) || (typeof made === 'string' && made !== '');
    if (stated && String(made) !== defaultValue)
      throw new Error(`The default of ${name} is ${String(made)}: write it as its @defaultValue.`);
    return {name, description, defaultValue, attribute};
  });
}

/**
 * Returns the JSON Schema of the file that `<sip-client config>` names.
 *
 * @returns {Promise<object>}
 */
export async function configSchema() {
  const {CONFIG_FIELDS, kindOf} = await load(CONFIG);
  const options = await clientOptions();
  const properties = Object.keys(CONFIG_FIELDS).map((name) => {
    const {description} = /** @type {Option} */ (options.find((option) => option.name === name));
    return [name, {description, ...kindOf(name).schema}];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The configuration of a <sip-client config>',
    type: 'object',
    properties: {$schema: {type: 'string'}, ...Object.fromEntries(properties)},
    additionalProperties: false,
  };
}

/** @returns {Promise<ClientEvent[]>} In the order of the table. */
export async function clientEvents() {
  const {sipEvent} = await load(EVENTS);
  return membersOf(EVENTS, 'SipEventDetails').map(({name, description, type}) => ({
    name,
    description,
    type: onOneLine(type.getText().replaceAll('readonly ', '').replaceAll(';', ',')),
    detail: memberNames(type),
    cancelable: sipEvent(name, null).cancelable,
  }));
}

/** @returns {{name: string, description: string}[]} */
export function clientCapabilities() {
  /** @type {{name: string, description: string}[]} */
  const found = [];
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isPropertyAssignment(node)) {
      const [comment] = ts.getJSDocCommentsAndTags(node);
      found.push({name: node.name.getText(), description: plain(comment?.comment)});
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed(CAPABILITIES));
  return found;
}

/** @returns {Promise<Timeout[]>} */
export async function clientTimeouts() {
  const {DEFAULT_TIMEOUTS} = await load(OPTIONS);
  return membersOf(OPTIONS, 'Timeouts').map(({name, description}) => ({
    name,
    description,
    milliseconds: DEFAULT_TIMEOUTS[name],
  }));
}

/** @param {ts.ParameterDeclaration} parameter */
function parameterOf({name, type, initializer, questionToken}) {
  return {
    name: ts.isIdentifier(name) ? name.text : 'options',
    ...((questionToken || initializer) && {optional: true}),
    // Without a type, the default is a number or a string.
    type: {text: type?.getText() ?? (initializer && ts.isNumericLiteral(initializer) ? 'number' : 'string')},
  };
}

/**
 * The type and the parameters of a member of a class; undefined for anything else.
 *
 * @param {ts.ClassElement} member
 * @returns {Omit<ClientMember, 'name' | 'description'> | undefined}
 */
function shapeOf(member) {
  const text = (/** @type {ts.Node | undefined} */ type) => ({text: type?.getText() ?? ''});
  if (ts.isGetAccessor(member)) return {kind: 'field', type: text(member.type)};
  if (ts.isMethodDeclaration(member)) {
    const parameters = member.parameters.map(parameterOf);
    return {kind: 'method', type: text(member.type), ...(parameters.length > 0 && {parameters})};
  }
  if (!ts.isPropertyDeclaration(member)) return undefined;
  const {type, initializer} = member;
  const made = initializer && ts.isNewExpression(initializer) ? initializer.expression : undefined;
  return {kind: 'field', type: text(type ?? made)};
}

/** @returns {ClientMember[]} The members of a client that pages use, in the order of the class. */
export const clientMembers = () => classMembers(CLIENT);

/**
 * @param {string} path A module with one class.
 * @returns {ClientMember[]} The members that pages use, in the order of the class.
 */
export function classMembers(path) {
  const found = parsed(path).statements.find(ts.isClassDeclaration);
  return (found?.members ?? []).flatMap((member) => {
    const {Private, Protected} = ts.ModifierFlags;
    const isHidden = ts.getCombinedModifierFlags(member) & (Private | Protected);
    const isInternal = ts.getJSDocTags(member).some(({tagName}) => tagName.text === 'internal');
    const shape = shapeOf(member);
    if (!shape || !member.name || !ts.isIdentifier(member.name) || isHidden || isInternal) return [];
    const [comment] = ts.getJSDocCommentsAndTags(member);
    const description = `${firstSentence(plain(comment?.comment))}.`;
    return [{...shape, name: member.name.text, description}];
  });
}

/** @param {string} name */
export const attributeOf = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
