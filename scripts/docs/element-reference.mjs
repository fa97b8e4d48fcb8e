/** The tables of an element, from `custom-elements.json`. */
import {elementsOf, readManifest} from '../elements.mjs';
import {inChinese} from './chinese.mjs';
import {tableOf} from './markdown.mjs';

/** @typedef {import('../elements.mjs').Documented} Documented */

/** The documented elements, by their tags. */
export const ELEMENTS = new Map(elementsOf(readManifest()).map((element) => [element.tagName, element]));

const HEADINGS = {
  en: {
    attributes: ['Attributes', 'Attribute', 'Type', 'Default', 'Meaning'],
    properties: ['Properties', 'Property', 'Type', 'Meaning'],
    methods: ['Methods', 'Method', 'Meaning'],
    events: ['Events', 'Event', 'Detail', 'Meaning'],
    slots: ['Slots', 'Slot', 'Content'],
    parts: ['Parts', 'Part', 'What it is'],
    states: ['Custom states', 'State', 'When'],
    tokens: ['Tokens', 'Token', 'Default', 'Meaning'],
    unnamed: 'the default slot',
  },
  zh: {
    attributes: ['属性', '属性', '类型', '默认值', '说明'],
    properties: ['JavaScript 属性', '属性', '类型', '说明'],
    methods: ['方法', '方法', '说明'],
    events: ['事件', '事件', 'detail', '说明'],
    slots: ['插槽', '插槽', '内容'],
    parts: ['部件（part）', '部件', '说明'],
    states: ['自定义状态', '状态', '何时'],
    tokens: ['样式变量', '变量', '默认值', '说明'],
    unnamed: '默认插槽',
  },
};

/** @param {string} text */
const cell = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

/** @param {string} text */
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/**
 * @param {readonly string[]} words The heading of the section, then those of the columns.
 * @param {readonly (readonly string[])[]} rows
 */
function section([heading = '', ...columns], rows) {
  return rows.length > 0 ? `## ${heading}\n\n${tableOf(columns, rows)}\n\n` : '';
}

/** @param {import('../elements.mjs').Member} method */
const signature = ({name, parameters = []}) =>
  `${name}(${parameters
    .filter((parameter) => !parameter.name.startsWith('options.'))
    .map((parameter) => parameter.name)
    .join(', ')})`;

/** @param {Documented} event */
const detail = ({type}) => type?.text.replace(/^CustomEvent<(.*)>$/s, '$1') ?? '';

/**
 * The reference of an element, in Markdown.
 *
 * @param {string} tag
 * @param {import('./pages.mjs').Language} language
 */
export function elementReference(tag, language) {
  const element = ELEMENTS.get(tag);
  if (!element) throw new Error(`custom-elements.json has no <${tag}>.`);
  const words = HEADINGS[language];
  const zh = language === 'zh';
  // They have what the tables of the client describe.
  const ofClient = tag === 'sip-client' || tag === 'sip-phone';
  /** @type {(kind: Parameters<typeof inChinese>[0], entry: Documented) => string} */
  const meaning = (kind, {name, description = ''}) =>
    cell(zh ? inChinese(kind, description, ofClient ? name : '') : description);
  const {members = [], attributes = [], events = [], slots = [], cssParts = []} = element;
  const fields = members.filter(({kind, attribute}) => kind === 'field' && !attribute);
  const methods = members.filter(({kind}) => kind === 'method');
  return [
    section(
      words.attributes,
      attributes.map((entry) => [
        code(entry.name),
        code(entry.type?.text ?? ''),
        code(entry.default === "''" ? '' : (entry.default ?? '')),
        meaning('attributes', entry),
      ]),
    ),
    section(
      words.properties,
      fields.map((entry) => [code(entry.name), code(entry.type?.text ?? ''), meaning('properties', entry)]),
    ),
    section(
      words.methods,
      methods.map((entry) => [code(signature(entry)), meaning('methods', entry)]),
    ),
    section(
      words.events,
      events.map((entry) => [code(entry.name), code(detail(entry)), meaning('events', entry)]),
    ),
    section(
      words.slots,
      slots.map((entry) => [entry.name ? code(entry.name) : words.unnamed, meaning('slots', entry)]),
    ),
    section(
      words.parts,
      cssParts.map((entry) => [code(entry.name), meaning('parts', entry)]),
    ),
    section(
      words.states,
      (element.cssStates ?? []).map((entry) => [code(`:state(${entry.name})`), meaning('states', entry)]),
    ),
    section(
      words.tokens,
      (element.cssProperties ?? []).map((entry) => [
        code(entry.name),
        code(entry.default ?? ''),
        meaning('tokens', entry),
      ]),
    ),
  ].join('');
}
