/** The pages of the documentation site in their order. Their titles are in the pages. */
import {readFileSync} from 'node:fs';
import {within} from '../project.mjs';

/** @typedef {'en' | 'zh'} Language */
/** @typedef {Readonly<Record<Language, string>>} Names */
/** @typedef {{names: Names, pages: readonly string[]}} Group */

/** @type {readonly Group[]} */
export const GROUPS = [
  {
    names: {en: 'Start', zh: '入门'},
    pages: ['guide/first-call', 'client', 'tabs', 'frameworks', 'development-server'],
  },
  {
    names: {en: 'Calls', zh: '通话'},
    pages: [
      'calls',
      'reliability',
      'networks',
      'diagnosis',
      'telemetry',
      'encryption',
      'ringing',
      'push',
      'people',
      'devices',
      'effects',
      'headsets',
      'recording',
      'captions',
      'recall',
    ],
  },
  {
    names: {en: 'Dispatch', zh: '调度'},
    pages: [
      'desk',
      'conferences',
      'intercom',
      'monitoring',
      'directory',
      'map',
      'messages-and-files',
      'journal',
    ],
  },
  {
    names: {en: 'Servers', zh: '服务器'},
    pages: [
      'guide/dispatch-server',
      'pbx',
      'guide/kamailio',
      'guide/asterisk',
      'guide/freeswitch',
      'guide/turn',
      'guide/tokens',
    ],
  },
  {
    names: {en: 'The dispatch protocol', zh: '调度协议'},
    pages: [
      'protocol',
      'protocol/carriers',
      'protocol/sign-in',
      'protocol/envelope',
      'protocol/calls',
      'protocol/conferences',
      'protocol/intercoms',
      'protocol/supervision',
      'protocol/directory',
      'protocol/files',
      'protocol/numbers',
      'protocol/clients',
    ],
  },
  {
    names: {en: 'In your site', zh: '用于您的网站'},
    pages: [
      'recipes',
      'look-and-languages',
      'security',
      'guide/content-security-policy',
      'guide/iframes',
      'guide/cms',
      'performance',
      'guide/accessibility',
      'guide/browser-support',
      'guide/troubleshooting',
    ],
  },
  {
    names: {en: 'Move to it', zh: '迁移'},
    pages: [
      'existing-pages',
      'migrate/moving',
      'migrate/functions',
      'migrate/from-simple-user',
      'migrate/from-jssip',
      'migrate/from-browser-phone',
    ],
  },
  {
    names: {en: 'Reference', zh: '参考'},
    pages: ['events-and-errors'],
  },
  {
    names: {en: 'Elements', zh: '元素'},
    pages: [
      'elements',
      'elements/sip-client',
      'elements/sip-phone',
      'elements/sip-dialer',
      'elements/sip-incoming',
      'elements/sip-call',
      'elements/sip-calls',
      'elements/sip-queue',
      'elements/sip-history',
      'elements/sip-devices',
      'elements/sip-check',
      'elements/sip-desk-link',
      'elements/sip-directory',
      'elements/sip-keys',
      'elements/sip-map',
      'elements/sip-messages',
      'elements/sip-upload',
      'elements/sip-conference',
      'elements/sip-intercom',
      'elements/sip-channels',
      'elements/sip-console',
      'elements/sip-recall',
      'elements/sip-recordings',
      'elements/sip-journal',
      'elements/sip-monitor',
    ],
  },
  {
    names: {en: 'Controls of a call', zh: '通话控件'},
    pages: [
      'elements/controls/sip-video',
      'elements/controls/sip-audio',
      'elements/controls/sip-duration',
      'elements/controls/sip-quality',
      'elements/controls/sip-keypad',
      'elements/controls/sip-mute-button',
      'elements/controls/sip-camera-button',
      'elements/controls/sip-hold-button',
      'elements/controls/sip-screen-button',
      'elements/controls/sip-transfer-button',
      'elements/controls/sip-photo-button',
      'elements/controls/sip-record-button',
      'elements/controls/sip-hangup-button',
    ],
  },
];

/**
 * The page of an element.
 *
 * @param {string} tag
 */
export function pageOfElement(tag) {
  const page = GROUPS.flatMap(({pages}) => pages).find((name) => name.endsWith(`/${tag}`));
  if (!page) throw new Error(`<${tag}> has no page.`);
  return page;
}

/** The folder of a language's pages in `docs`. */
export const FOLDERS = {en: '', zh: 'zh/'};

/**
 * The file of a page.
 *
 * @param {string} page Of {@link GROUPS}.
 * @param {Language} language
 */
export const fileOf = (page, language) => `docs/${FOLDERS[language]}${page}.md`;

/**
 * The title of a page: its first heading.
 *
 * @param {string} file
 */
export function titleOf(file) {
  const title = /^# (.+)$/m.exec(readFileSync(within(file), 'utf8'))?.[1];
  if (!title) throw new Error(`${file} has no title.`);
  return title.replace(/[`\\]/g, '');
}

/** @param {string} text The theme takes the titles as markup. */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const WORDS = {
  en: {outline: 'On this page', menu: 'Menu', top: 'To the top', theme: 'Theme', languages: 'Language'},
  zh: {outline: '本页内容', menu: '目录', top: '回到顶部', theme: '主题', languages: '语言'},
};

/**
 * What the theme needs of a language: the side bar and its words.
 *
 * @param {Language} language
 */
export function navigation(language) {
  const words = WORDS[language];
  const zh = language === 'zh';
  return {
    nav: [
      {text: zh ? '文档' : 'Guide', link: `/${FOLDERS[language]}${GROUPS[0]?.pages[0]}`},
      {text: zh ? '元素' : 'Elements', link: `/${FOLDERS[language]}elements`},
    ],
    sidebar: GROUPS.map(({names, pages}) => ({
      text: names[language],
      items: pages.map((page) => ({
        text: escaped(titleOf(fileOf(page, language))),
        link: `/${FOLDERS[language]}${page}`,
      })),
    })),
    outline: {label: words.outline, level: /** @type {[number, number]} */ ([2, 3])},
    docFooter: zh ? {prev: '上一页', next: '下一页'} : {prev: 'Previous', next: 'Next'},
    sidebarMenuLabel: words.menu,
    returnToTopLabel: words.top,
    darkModeSwitchLabel: words.theme,
    lightModeSwitchTitle: zh ? '切换到浅色' : 'Switch to light',
    darkModeSwitchTitle: zh ? '切换到深色' : 'Switch to dark',
    langMenuLabel: words.languages,
    skipToContentLabel: zh ? '跳到正文' : 'Skip to content',
    notFound: zh
      ? {title: '未找到页面', quote: '这里没有内容。', linkText: '返回首页', linkLabel: '返回首页'}
      : {
          title: 'Not found',
          quote: 'There is nothing here.',
          linkText: 'To the start',
          linkLabel: 'To the start',
        },
  };
}
