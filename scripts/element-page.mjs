/** The page of an element in Markdown, from its description in the manifest. */
import {tableOf} from './client-pages.mjs';

/**
 * @typedef {import('./elements.mjs').Element} Element
 * @typedef {import('./elements.mjs').Documented} Documented
 * @typedef {import('./elements.mjs').Member} Member
 */

/** @param {string} text */
export const firstSentence = (text) => /^.*?(?=\.(\s|$))/s.exec(text)?.[0].replaceAll('\n', ' ') ?? text;

/** @param {string} [text] For a cell of a table. */
const cell = (text = '') => text.replace(/\s+/g, ' ').replaceAll('|', String.raw`\|`);

/** @param {string} [text] */
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/**
 * @param {string} title
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
const section = (title, heads, rows) => (rows.length > 0 ? `## ${title}\n\n${tableOf(heads, rows)}\n` : '');

/** @param {Element} element */
function properties({attributes = [], members = []}) {
  const fields = members.filter(({kind}) => kind === 'field');
  const rows = attributes.map(({name, fieldName, type, default: initial, description}) => [
    code(name),
    code(fieldName),
    code(type?.text),
    code(initial),
    cell(description),
  ]);
  const others = fields
    .filter(({name}) => !attributes.some(({fieldName}) => fieldName === name))
    .map(({name, type, default: initial, readonly, description}) => [
      '',
      code(name) + (readonly ? ' (read-only)' : ''),
      code(type?.text),
      code(initial),
      cell(description),
    ]);
  return [...rows, ...others];
}

/** @param {Member} method */
function signature({name, parameters = [], return: returned}) {
  const list = parameters.map(
    ({name, optional, type}) => `${name}${optional ? '?' : ''}: ${type?.text ?? 'unknown'}`,
  );
  return `${name}(${list.join(', ')}): ${returned?.type?.text ?? 'void'}`;
}

/** @param {readonly Documented[]} [documented] */
const named = (documented = []) =>
  documented.map(({name, description}) => [code(name || '(default)'), cell(description)]);

/** @param {Element} element */
export function elementPage(element) {
  const {tagName, name, description, members = [], events = [], cssProperties = []} = element;
  const methods = members.filter(({kind, description}) => kind === 'method' && description);
  return [
    `# \`<${tagName}>\`\n\n${description}\n`,
    `Defined by \`import 'sip-elements/elements/${tagName}.js'\`; its class is \`${name}\`.\n`,
    section(
      'Attributes and properties',
      ['Attribute', 'Property', 'Type', 'Default', 'Meaning'],
      properties(element),
    ),
    section(
      'Methods',
      ['Method', 'Meaning'],
      methods.map((method) => [code(signature(method)), cell(method.description)]),
    ),
    section(
      'Events',
      ['Event', 'Type', 'Meaning'],
      events.map(({name, type, description}) => [code(name), code(type?.text), cell(description)]),
    ),
    section('Slots', ['Slot', 'Meaning'], named(element.slots)),
    section('CSS parts', ['Part', 'Meaning'], named(element.cssParts)),
    section(
      'CSS custom properties',
      ['Property', 'Default', 'Meaning'],
      cssProperties.map(({name, default: initial, description}) => [
        code(name),
        code(initial),
        cell(description),
      ]),
    ),
    section('CSS custom states', ['State', 'Meaning'], named(element.cssStates)),
  ]
    .filter(Boolean)
    .join('\n');
}
