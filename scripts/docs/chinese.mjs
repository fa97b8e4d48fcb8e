/** The Chinese of what the sources describe in English. The sentences are in `chinese/`, a file for each subject. */
import {ATTRIBUTES} from './chinese/attributes.mjs';
import {CAPABILITIES, DEFAULTS, EVENTS as CLIENT_EVENTS, OPTIONS, TIMEOUTS} from './chinese/client.mjs';
import {EVENTS} from './chinese/events.mjs';
import {MEASUREMENTS} from './chinese/measurements.mjs';
import {METHODS} from './chinese/methods.mjs';
import {BUTTONS, CONDITIONS, FIELDS, MENU_ITEMS, PARTS} from './chinese/parts.mjs';
import {PROPERTIES} from './chinese/properties.mjs';
import {SLOTS} from './chinese/slots.mjs';
import {STATES} from './chinese/states.mjs';
import {TOKENS} from './chinese/tokens.mjs';

/** @typedef {Readonly<Record<string, string>>} Table Chinese by names, or by English sentences. */

/** What a client has, by names. */
export const NAMED = {
  options: OPTIONS,
  timeouts: TIMEOUTS,
  capabilities: CAPABILITIES,
  events: CLIENT_EVENTS,
};

/** What elements have, by sentences. */
export const SENTENCES = {
  attributes: ATTRIBUTES,
  properties: PROPERTIES,
  methods: METHODS,
  events: EVENTS,
  slots: SLOTS,
  parts: PARTS,
  states: STATES,
  tokens: TOKENS,
};

/**
 * Sentences that begin alike, and differ in what the table has.
 *
 * @type {readonly {begin: string, table: Table, end: string}[]}
 */
const PHRASES = [
  {begin: 'The button that ', table: BUTTONS, end: '按钮'},
  {begin: 'The field for ', table: FIELDS, end: '输入框'},
  {begin: 'The menu item for ', table: MENU_ITEMS, end: '菜单项'},
  {begin: 'The menu item that ', table: MENU_ITEMS, end: '菜单项'},
];

/**
 * @param {Table} table
 * @param {string} key
 */
function chosen(table, key) {
  const text = table[key];
  if (text === undefined) throw new Error(`scripts/docs/chinese has no Chinese for: ${key}`);
  return text;
}

/**
 * Divides a sentence that begins as others do.
 *
 * @param {string} sentence
 */
export function phraseOf(sentence) {
  const phrase = PHRASES.find(({begin}) => sentence.startsWith(begin));
  if (!phrase) return undefined;
  const [what = '', condition] = sentence.slice(phrase.begin.length, -1).split(/, (?=(?:if|shown|where) )/);
  return {...phrase, what, condition};
}

/**
 * Returns the Chinese of a sentence that begins as others do, or is the name of an element.
 *
 * @param {string} sentence
 */
function derived(sentence) {
  const element = /^The (`<sip-[\w-]+>`)\.$/.exec(sentence)?.[1];
  if (element) return `元素 ${element}`;
  const phrase = phraseOf(sentence);
  if (!phrase) return undefined;
  const {table, what, end, condition} = phrase;
  return `${chosen(table, what)}${end}${condition ? `，${chosen(CONDITIONS, condition)}` : ''}`;
}

/**
 * Returns the Chinese description of an option, timeout, capability or event of a client.
 *
 * @param {keyof typeof NAMED} kind
 * @param {string} name
 */
export const namedInChinese = (kind, name) => chosen(NAMED[kind], name);

/**
 * What an element has that is named as a client's.
 *
 * @type {Partial<Record<keyof typeof SENTENCES, Table>>}
 */
const OF_CLIENT = {attributes: NAMED.options, events: NAMED.events};

/**
 * Returns the Chinese of what an element has.
 *
 * @param {keyof typeof SENTENCES} kind
 * @param {string} description In English.
 * @param {string} name The name of the attribute or event, if the element has those of a client.
 */
export function inChinese(kind, description, name) {
  const sentence = description.replace(/\s+/g, ' ').trim();
  /** @type {Table} */
  const table = SENTENCES[kind];
  return table[sentence] ?? OF_CLIENT[kind]?.[name] ?? derived(sentence) ?? chosen(table, sentence);
}

/**
 * Returns a default value in Chinese; a value of code, or a number, is as it is.
 *
 * @param {string} value
 */
export const defaultInChinese = (value) => (/^[`\d]/.test(value) ? value : chosen(DEFAULTS, value));

/** What a cell has that is no text: code, and names such as `SipCall` and `sip.js`. */
const NO_TEXT = /`[^`]*`|\S*[A-Z.-]\S*/g;

const UNITS = ['ms', 'kB', 'brotli'];

/** @param {string} part Of a cell, between commas. */
function measuredPart(part) {
  if (!/[a-z]{2}/.test(part.replace(NO_TEXT, '')) || UNITS.includes(part)) return part;
  const numbers = part.match(/\d+(\.\d+)?/g) ?? [];
  return chosen(MEASUREMENTS, part.replace(/\d+(\.\d+)?/g, '#')).replace(/#/g, () => numbers.shift() ?? '');
}

/** @param {string} cell */
function measuredCell(cell) {
  const [first = '', ...others] = cell
    .split(', ')
    .map((part) => part.split(': ').map(measuredPart).join('：'));
  return others.reduce((text, part) => text + (UNITS.includes(part) ? `（${part}）` : `，${part}`), first);
}

/**
 * Returns a table of measurements in Chinese.
 *
 * @param {string} table In Markdown.
 */
export const measuredInChinese = (table) =>
  table.replace(/(?<=\| +)[^|\s][^|\n]*?(?= +\|)/g, (cell) =>
    /^:?-+:?$/.test(cell) ? cell : measuredCell(cell),
  );
