/** Shared by all pages: the server's address, the links to the other pages, the switches of language and theme. */

/** The storage keys of the visitor's choices, with no secrets: other sites' pages may share this origin's storage. */
const CHOICES = {language: 'sip-elements-language', theme: 'sip-elements-theme'};
const LANGUAGES = {'zh-CN': '中文', en: 'English', ar: 'العربية'};
const RIGHT_TO_LEFT = ['ar'];
const THEMES = ['light dark', 'light', 'dark'];
const THEME_NAMES = {
  en: {'light dark': 'Theme: system', light: 'Theme: light', dark: 'Theme: dark'},
  zh: {'light dark': '主题：跟随系统', light: '主题：浅色', dark: '主题：深色'},
  ar: {'light dark': 'المظهر: حسب النظام', light: 'المظهر: فاتح', dark: 'المظهر: داكن'},
};
const PAGES_NAME = {en: 'Pages', zh: '页面', ar: 'الصفحات'};
/** The pages, by groups; each name in English, Chinese and Arabic. */
const GROUPS = [
  {
    names: ['Phone', '电话', 'الهاتف'],
    pages: {
      '/': ['Two phones', '两部电话', 'هاتفان'],
      '/phone.html': ['Complete phone', '完整电话', 'هاتف كامل'],
      '/sign-in.html': ['Sign in', '登录', 'تسجيل الدخول'],
      '/desk-link.html': ['Set up by a code', '扫码设置', 'الإعداد برمز'],
      '/calls.html': ['Several calls', '多路通话', 'عدة مكالمات'],
      '/push.html': ['Calls to a closed page', '页面关闭时的来电', 'مكالمات الصفحة المغلقة'],
      '/pbx.html': ['PBX functions', '总机功能', 'وظائف المقسم'],
      '/controls.html': ['Controls', '独立控件', 'عناصر التحكم'],
      '/devices.html': ['Devices', '设备', 'الأجهزة'],
      '/recordings.html': ['Recordings', '录制文件', 'التسجيلات'],
      '/encryption.html': ['End-to-end encryption', '端到端加密', 'التشفير من طرف إلى طرف'],
      '/effects.html': ['Blur and noise', '虚化与降噪', 'التمويه والضوضاء'],
      '/telemetry.html': ['Telemetry', '遥测', 'القياس عن بُعد'],
      '/captions.html': ['Captions', '字幕', 'الترجمة النصية'],
    },
  },
  {
    names: ['Dispatch', '调度', 'غرفة التحكم'],
    pages: {
      '/console.html': ['Dispatch console', '调度台', 'مكتب التحكم'],
      '/conference.html': ['Conference', '会议', 'المؤتمر'],
      '/intercom.html': ['Intercom', '对讲', 'الاتصال الداخلي'],
      '/channels.html': ['Talk groups', '对讲组', 'مجموعات التحدث'],
      '/monitor.html': ['Monitoring', '视频监控', 'المراقبة'],
      '/directory.html': ['Directory', '通讯录', 'الدليل'],
      '/keys.html': ['Speed dial', '一键调度', 'الاتصال السريع'],
      '/map.html': ['Map', '地图', 'الخريطة'],
    },
  },
  {
    names: ['Messages and files', '消息与文件', 'الرسائل والملفات'],
    pages: {
      '/messages.html': ['Messages', '消息', 'الرسائل'],
      '/uploads.html': ['Files', '文件', 'الملفات'],
    },
  },
  {
    names: ['Recipes', '实用示例', 'وصفات'],
    pages: {
      '/recipes/screen-pop.html': ['Screen pop', '来电弹屏', 'بطاقة المتصل'],
      '/recipes/click-to-call.html': ['Click to call', '点击呼叫', 'الاتصال بنقرة'],
      '/recipes/queue-statistics.html': ['Queue statistics', '队列统计', 'إحصاءات الطابور'],
      '/recipes/upload-recordings.html': ['Upload of recordings', '录音上传', 'رفع التسجيلات'],
      '/recipes/own-layout.html': ['Your own layout', '自定义布局', 'تخطيط من تصميمك'],
      '/recipes/own-language.html': ['Your own language', '自定义语言', 'لغة من إضافتك'],
      '/recipes/own-theme.html': ['Your own theme', '自定义主题', 'مظهر من تصميمك'],
      '/recipes/door-phone.html': ['Door phone', '门禁对讲', 'هاتف الباب'],
      '/recipes/waiting-room.html': ['Waiting room', '等候室', 'غرفة الانتظار'],
    },
  },
  {
    names: ['For developers', '开发者', 'للمطورين'],
    pages: {
      '/functions/': ['Functions', '函数接口', 'الدوال'],
      '/docs/': ['Documentation', '文档', 'الوثائق'],
    },
  },
];

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

const inEach = ([english, chinese, arabic]) => [
  make('span', {lang: 'en'}, english),
  make('span', {lang: 'zh-CN'}, chinese),
  make('span', {lang: 'ar'}, arabic),
];

/** Icons of Lucide (ISC): the themes in the order of `THEMES`, and the menu. */
const DRAWINGS = {
  'light dark': '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/>',
  light:
    '<circle cx="12" cy="12" r="4"/><path d="M12 2v2m0 16v2M4.93 4.93l1.41 1.41m11.32 11.32 1.41 1.41M2 12h2m16 0h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41"/>',
  dark: '<path d="M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401"/>',
  menu: '<path d="M4 5h16M4 12h16M4 19h16"/>',
};

function drawing(name) {
  const template = document.createElement('template');
  template.innerHTML = `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${DRAWINGS[name]}</svg>`;
  return template.content;
}

const languageButtons = Object.entries(LANGUAGES).map(([language, name]) =>
  make('button', {type: 'button', lang: language, 'data-language': language}, name),
);
const themeSwitch = make('button', {type: 'button', class: 'round', 'data-theme-switch': ''});
const menuButton = make(
  'button',
  {type: 'button', class: 'round menu', 'aria-controls': 'pages', 'aria-expanded': 'false'},
  drawing('menu'),
);
const head = document.querySelector('.head');
head.append(
  make(
    'div',
    {class: 'switches'},
    make(
      'div',
      {class: 'switch', role: 'group', 'aria-label': 'Language · 语言 · اللغة'},
      ...languageButtons,
    ),
    themeSwitch,
    menuButton,
  ),
);

const main = document.querySelector('main');
main.id ||= 'content';
main.tabIndex = -1;
document.body.prepend(
  make(
    'a',
    {class: 'skip', href: `#${main.id}`},
    ...inEach(['Skip to content', '跳到正文', 'التخطي إلى المحتوى']),
  ),
);

/** The current page: the one with the longest path that the address begins with. */
const [here] = GROUPS.flatMap(({pages}) => Object.keys(pages))
  .filter((path) => location.pathname.startsWith(path))
  .sort((one, other) => other.length - one.length);
const nav = make(
  'nav',
  {id: 'pages', class: 'pages'},
  ...GROUPS.map(({names, pages}, index) =>
    make(
      'div',
      {class: 'group'},
      make('p', {id: `group-${index}`}, ...inEach(names)),
      make(
        'ul',
        {'aria-labelledby': `group-${index}`},
        ...Object.entries(pages).map(([path, names]) =>
          make(
            'li',
            {},
            make('a', {href: path, ...(path === here && {'aria-current': 'page'})}, ...inEach(names)),
          ),
        ),
      ),
    ),
  ),
);
head.after(nav);

/** Opens or closes the menu of a narrow page; a wide one always shows it. */
function openMenu(opens) {
  menuButton.setAttribute('aria-expanded', String(opens));
  nav.classList.toggle('open', opens);
}

menuButton.addEventListener('click', () => openMenu(!nav.classList.contains('open')));
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !nav.classList.contains('open')) return;
  openMenu(false);
  menuButton.focus();
});

const titles = {en: document.title, ...document.querySelector('title').dataset};

function primaryOf(tag) {
  return tag.toLowerCase().split(/[-_]/, 1)[0];
}

function speak(language) {
  page.lang = language;
  page.dir = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
  document.title = titles[primaryOf(language)] ?? titles.en;
  for (const button of languageButtons)
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  const name = PAGES_NAME[primaryOf(language)] ?? PAGES_NAME.en;
  nav.setAttribute('aria-label', name);
  menuButton.setAttribute('aria-label', name);
  menuButton.title = name;
  paint(theme);
}

function paint(name) {
  theme = name;
  page.dataset.theme = name;
  const label = (THEME_NAMES[primaryOf(page.lang)] ?? THEME_NAMES.en)[name];
  themeSwitch.setAttribute('aria-label', label);
  themeSwitch.title = label;
  themeSwitch.replaceChildren(drawing(name));
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

/** Returns the language of the page that a tag means: `zh-CN` for `zh-TW`. */
function offered(tag) {
  return Object.keys(LANGUAGES).find((language) => primaryOf(language) === primaryOf(tag ?? ''));
}

/** The language in the address, else the earlier choice, else the browser's language. */
const wanted = [given.get('lang'), remembered(CHOICES.language), navigator.language];
theme = [given.get('theme'), remembered(CHOICES.theme)].find((name) => THEMES.includes(name)) ?? THEMES[0];
speak(wanted.map(offered).find(Boolean) ?? 'en');

// The phones connect as soon as they know the server.
const server = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/fswebrtc`;
for (const client of document.querySelectorAll('sip-client, sip-phone')) {
  client.setAttribute('server', server);
  // On a narrow page the keypad is below the call: an outgoing call is scrolled into view.
  client.addEventListener('sip-call-created', ({detail: {call}}) => {
    const shows = 'floor' in call.state ? 'sip-intercom, sip-channels' : 'sip-call, sip-conference';
    if (call.direction === 'outgoing') client.querySelector(shows)?.scrollIntoView({block: 'nearest'});
  });
}
