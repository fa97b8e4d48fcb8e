/** Writes the tables of a client's options, timeouts, capabilities and events, of the documented functions and of the errors into pages of the documentation. */
import {attributeOf} from './client-tables.mjs';
import {defaultInChinese, namedInChinese} from './docs/chinese.mjs';
import {CALLBACKS, FUNCTIONS} from './docs/function-map.mjs';
import {firstSentence, tableOf} from './docs/markdown.mjs';
import {pageOfElement} from './docs/pages.mjs';

/** @typedef {import('./docs/pages.mjs').Language} Language */

/** The headings of the columns. */
const HEADS = {
  en: {
    attributes: ['Attribute', 'Default', 'Meaning'],
    options: ['Option', 'Default', 'Meaning'],
    timeouts: ['Timeout', 'Milliseconds', 'Meaning'],
    capabilities: ['Capability', 'Meaning'],
    events: ['Event', 'Detail', 'Meaning'],
    functions: ['Function', 'From a script', 'Element', 'Event'],
    callbacks: ['Callback', 'State', 'Element', 'Event'],
    errors: ['Code', 'What the user reads', 'What the author of the page reads'],
  },
  zh: {
    attributes: ['属性', '默认值', '说明'],
    options: ['选项', '默认值', '说明'],
    timeouts: ['等待时间', '毫秒', '说明'],
    capabilities: ['能力', '说明'],
    events: ['事件', 'detail', '说明'],
    functions: ['函数', '脚本中的对应', '元素', '事件'],
    callbacks: ['回调', '状态', '元素', '事件'],
    errors: ['错误码', '用户看到的提示', '页面作者看到的提示（英文）'],
  },
};

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

/** @param {string} description Of an event. */
function eventMeaning(description) {
  const prevented = /Cancelable: (.*?)\.( |$)/.exec(description)?.[1];
  return firstSentence(description) + (prevented ? `; prevented: ${prevented}` : '');
}

/** @param {readonly string[]} names */
const codes = (names) => names.map((name) => `\`${name}\``).join(' ');

/**
 * @param {import('./docs/function-map.mjs').Counterpart} row
 * @returns {string[]}
 */
const counterpartRow = ({name, members, elements, events}) => [
  `\`${name}\``,
  codes(members),
  elements.map((tag) => `[\`${tag}\`](../${pageOfElement(tag)}.md)`).join(' '),
  codes(events),
];

/** @param {string} sentence With a place for the subject. */
const withPlace = (sentence) =>
  sentence.replace(/\{(subject|expected)\}/g, '…').replace(/<([^>]*)>/g, '`<$1>`');

/**
 * @param {readonly string[]} pages With a mark `<!-- table of NAME -->` before each table, and `<!-- -->` after it.
 * @param {object} tables
 * @param {readonly import('./client-tables.mjs').Option[]} tables.options
 * @param {readonly import('./client-tables.mjs').ClientEvent[]} tables.events
 * @param {readonly import('./client-tables.mjs').Timeout[]} tables.timeouts
 * @param {readonly {name: string, description: string}[]} tables.capabilities
 * @param {readonly {name: string, description?: string}[]} tables.attributes Those of `<sip-client>`.
 * @param {Readonly<Record<string, import('../src/errors/texts.js').ErrorTexts>>} tables.errors
 * @param {import('../src/errors/texts.js').ErrorSentences} tables.errorsZh
 * @param {Language} language
 */
export function withTables(
  pages,
  {options, events, timeouts, capabilities, attributes, errors, errorsZh},
  language,
) {
  const zh = language === 'zh';
  const heads = HEADS[language];
  /** @type {(kind: Parameters<typeof namedInChinese>[0], name: string, english: string) => string} */
  const meaning = (kind, name, english) => (zh ? namedInChinese(kind, name) : english);
  const isAttribute = (/** @type {string} */ name) =>
    attributes.some((attribute) => attribute.name === attributeOf(name));
  const row = (/** @type {string} */ name, /** @type {import('./client-tables.mjs').Option} */ option) => [
    `\`${name}\``,
    zh ? defaultInChinese(defaultCell(option.defaultValue)) : defaultCell(option.defaultValue),
    meaning('options', name, firstSentence(option.description)),
  ];
  const own = attributes.filter(({name}) => !options.some((option) => attributeOf(option.name) === name));
  const tables = {
    attributes: tableOf(heads.attributes, [
      ...options.filter(({name}) => isAttribute(name)).map((option) => row(attributeOf(option.name), option)),
      ...own.map(({name, description = ''}) => [
        `\`${name}\``,
        zh ? '关' : 'off',
        meaning('options', name, firstSentence(description)),
      ]),
    ]),
    options: tableOf(
      heads.options,
      options.filter(({name}) => !isAttribute(name)).map((option) => row(option.name, option)),
    ),
    timeouts: tableOf(
      heads.timeouts,
      timeouts.map(({name, milliseconds, description}) => [
        `\`${name}\``,
        milliseconds.toLocaleString('en'),
        meaning('timeouts', name, firstSentence(description)),
      ]),
    ),
    capabilities: tableOf(
      heads.capabilities,
      capabilities.map(({name, description}) => [
        `\`${name}\``,
        meaning('capabilities', name, firstSentence(description)),
      ]),
    ),
    events: tableOf(
      heads.events,
      events.map((event) => [
        `\`${event.name}\`${event.cancelable ? ' ✓' : ''}`,
        detailCell(event),
        meaning('events', event.name, eventMeaning(event.description)),
      ]),
    ),
    functions: tableOf(heads.functions, FUNCTIONS.map(counterpartRow)),
    callbacks: tableOf(heads.callbacks, CALLBACKS.map(counterpartRow)),
    errors: tableOf(
      heads.errors,
      Object.entries(errors).map(([code, {en, author = ''}]) => {
        const chinese = errorsZh[/** @type {keyof typeof errorsZh} */ (code)];
        const sentence = zh ? (typeof chinese === 'string' ? chinese : (chinese[0] ?? '')) : en;
        return [`\`${code}\``, withPlace(sentence), withPlace(author)];
      }),
    ),
  };
  const missing = new Set(Object.keys(tables));
  const written = pages.map((page) =>
    page.replace(
      /(?<=<!-- table of (\w+) -->)[^]*?(?=<!-- -->)/g,
      (_, /** @type {keyof typeof tables} */ name) => {
        if (!missing.delete(name)) throw new Error(`There is no table of ${name}, or two pages have it.`);
        return `\n\n${tables[name]}\n\n`;
      },
    ),
  );
  if (missing.size > 0) throw new Error(`No page has a place for the table of ${[...missing].join(', ')}.`);
  return written;
}
