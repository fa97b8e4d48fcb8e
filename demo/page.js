/** Shared by all pages: the server's address, the links to the other pages, the switches of language and theme. */

/** The storage keys of the visitor's choices, with no secrets: other sites' pages may share this origin's storage. */
const CHOICES = {language: 'sip-elements-language', theme: 'sip-elements-theme'};
const LANGUAGES = {'zh-CN': '中文', en: 'English'};
const THEMES = ['light dark', 'light', 'dark'];
const THEME_NAMES = {
  en: {'light dark': 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark'},
  zh: {'light dark': '主题：跟随系统', light: '主题：浅色', dark: '主题：深色'},
};
const PAGES = {
  '/': ['Two phones', '两部电话'],
  '/phone.html': ['A whole phone', '整部电话'],
  '/calls.html': ['Several calls', '多路通话'],
  '/conference.html': ['Conference', '会议'],
  '/intercom.html': ['Intercom', '对讲'],
  '/monitor.html': ['Monitoring', '视频监控'],
  '/controls.html': ['Controls', '独立控件'],
  '/directory.html': ['Directory', '通讯录'],
  '/messages.html': ['Messages', '消息'],
  '/uploads.html': ['Files', '文件'],
  '/devices.html': ['Devices', '设备'],
  '/functions/': ['Functions', '函数接口'],
};

const page = document.documentElement;
const given = new URLSearchParams(location.search);
let theme = THEMES[0];

/** Reads a stored choice; a browser may refuse storage, and the page works without. */
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts for this visit only.
  }
}

/** Creates an element with attributes and content. */
function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

const both = ([english, chinese]) => [
  make('span', {lang: 'en'}, english),
  make('span', {lang: 'zh-CN'}, chinese),
];

function drawing() {
  const template = document.createElement('template');
  template.innerHTML = `<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2" />
    <path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" />
  </svg>`;
  return template.content;
}

const languageButtons = Object.entries(LANGUAGES).map(([language, name]) =>
  make('button', {type: 'button', lang: language, 'data-language': language}, name),
);
const themeSwitch = make('button', {type: 'button', class: 'theme', 'data-theme-switch': ''}, drawing());
document
  .querySelector('.head')
  .append(
    make(
      'div',
      {class: 'switches'},
      make('div', {class: 'switch', role: 'group', 'aria-label': 'Language · 语言'}, ...languageButtons),
      themeSwitch,
    ),
  );

const [here] = Object.keys(PAGES)
  .filter((path) => location.pathname.startsWith(path))
  .slice(-1);
const nav = make('nav', {class: 'pages', 'aria-label': 'SIP Elements'});
for (const [path, names] of Object.entries(PAGES))
  nav.append(make('a', {href: path, ...(path === here && {'aria-current': 'page'})}, ...both(names)));
document.querySelector('.head').after(nav);

const titles = {en: document.title, zh: document.querySelector('title').dataset.zh ?? document.title};

function speak(language) {
  page.lang = language;
  document.title = titles[language.slice(0, 2)];
  for (const button of languageButtons)
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  paint(theme);
}

function paint(name) {
  theme = name;
  page.dataset.theme = name;
  const label = THEME_NAMES[page.lang.slice(0, 2)][name];
  themeSwitch.setAttribute('aria-label', label);
  themeSwitch.title = label;
}

for (const button of languageButtons) {
  button.addEventListener('click', () => {
    remember(CHOICES.language, button.dataset.language);
    speak(button.dataset.language);
  });
}

themeSwitch.addEventListener('click', () => {
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  remember(CHOICES.theme, next);
  paint(next);
});

/** The language in the address, else the earlier choice, else the browser's language. */
const wanted = [given.get('lang'), remembered(CHOICES.language), navigator.language];
const language = wanted.find((name) => name && /^(en|zh)\b/i.test(name)) ?? 'en';
theme = [given.get('theme'), remembered(CHOICES.theme)].find((name) => THEMES.includes(name)) ?? THEMES[0];
speak(/^zh/i.test(language) ? 'zh-CN' : 'en');

const current = nav.querySelector('[aria-current]');
if (current)
  nav.scrollLeft = current.offsetLeft - nav.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;

// The phones connect as soon as they know the server.
const server = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/fswebrtc`;
for (const client of document.querySelectorAll('sip-client, sip-phone')) {
  client.setAttribute('server', server);
  // On a narrow page the keypad is below the call: an outgoing call is scrolled into view.
  client.addEventListener('sip-call-created', ({detail: {call}}) => {
    if (call.direction === 'outgoing')
      client.querySelector('sip-call, sip-conference, sip-intercom')?.scrollIntoView({block: 'nearest'});
  });
}
