/** Writes the tables of a client's options, timeouts, capabilities and events into pages of the documentation. */
import {attributeOf} from './client-tables.mjs';

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
const tableOf = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {string} text */
const firstSentence = (text) => /^.*?(?=\.( |$))/.exec(text)?.[0] ?? text;

/** @param {string} value What a tag `@defaultValue` says: one word is code, several are a description. */
function defaultCell(value) {
  if (value === 'true' || value === 'false') return value === 'true' ? 'on' : 'off';
  if (value === '') return 'none';
  return /\s|^\d+$|'s$/.test(value) ? value : `\`${value}\``;
}

/** How many members of a detail the table names. */
const NAMED = 6;

/** @param {import('./client-tables.mjs').ClientEvent} event */
function detailCell({type, detail}) {
  if (detail.length === 0) return `\`${type}\``;
  const names = [...detail.slice(0, NAMED), ...(detail.length > NAMED ? ['…'] : [])];
  return `\`{${names.join(', ')}}\``;
}

/** @param {import('./client-tables.mjs').ClientEvent} event */
function eventRow(event) {
  const {name, description, cancelable} = event;
  const prevented = /Cancelable: (.*?)\.( |$)/.exec(description)?.[1];
  const meaning = firstSentence(description) + (prevented ? `; prevented: ${prevented}` : '');
  return [`\`${name}\`${cancelable ? ' ✓' : ''}`, detailCell(event), meaning];
}

/**
 * @param {readonly string[]} pages With a mark `<!-- table of NAME -->` before each table, and `<!-- -->` after it.
 * @param {object} tables
 * @param {readonly import('./client-tables.mjs').Option[]} tables.options
 * @param {readonly import('./client-tables.mjs').ClientEvent[]} tables.events
 * @param {readonly import('./client-tables.mjs').Timeout[]} tables.timeouts
 * @param {readonly {name: string, description: string}[]} tables.capabilities
 * @param {readonly {name: string, description?: string}[]} tables.attributes Those of `<sip-client>`.
 */
export function withTables(pages, {options, events, timeouts, capabilities, attributes}) {
  const isAttribute = (/** @type {string} */ name) =>
    attributes.some((attribute) => attribute.name === attributeOf(name));
  const row = (/** @type {string} */ name, /** @type {import('./client-tables.mjs').Option} */ option) => [
    `\`${name}\``,
    defaultCell(option.defaultValue),
    firstSentence(option.description),
  ];
  const own = attributes.filter(({name}) => !options.some((option) => attributeOf(option.name) === name));
  const tables = {
    attributes: tableOf(
      ['Attribute', 'Default', 'Meaning'],
      [
        ...options
          .filter(({name}) => isAttribute(name))
          .map((option) => row(attributeOf(option.name), option)),
        ...own.map(({name, description = ''}) => [`\`${name}\``, 'off', firstSentence(description)]),
      ],
    ),
    options: tableOf(
      ['Option', 'Default', 'Meaning'],
      options.filter(({name}) => !isAttribute(name)).map((option) => row(option.name, option)),
    ),
    timeouts: tableOf(
      ['Timeout', 'Milliseconds', 'Meaning'],
      timeouts.map(({name, milliseconds, description}) => [
        `\`${name}\``,
        milliseconds.toLocaleString('en'),
        firstSentence(description),
      ]),
    ),
    capabilities: tableOf(
      ['Capability', 'Meaning'],
      capabilities.map(({name, description}) => [`\`${name}\``, firstSentence(description)]),
    ),
    events: tableOf(['Event', 'Detail', 'Meaning'], events.map(eventRow)),
  };
  const missing = new Set(Object.keys(tables));
  const written = pages.map((page) =>
    page.replace(/(?<=<!-- table of (\w+) -->)[^]*?(?=<!-- -->)/g, (_, /** @type {keyof tables} */ name) => {
      if (!missing.delete(name)) throw new Error(`There is no table of ${name}, or two pages have it.`);
      return `\n\n${tables[name]}\n\n`;
    }),
  );
  if (missing.size > 0) throw new Error(`No page has a place for the table of ${[...missing].join(', ')}.`);
  return written;
}
