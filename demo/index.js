/** The page of two phones: where the server is, and the switches of language and theme. */

/** The keys of what a visitor chose; pages of strangers share this origin's storage, so nothing secret is here. */
const CHOICES = {language: 'sip-elements-language', theme: 'sip-elements-theme'};
const THEMES = ['light dark', 'light', 'dark'];
const THEME_NAMES = {
  en: {'light dark': 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark'},
  zh: {'light dark': '主题：跟随系统', light: '主题：浅色', dark: '主题：深色'},
};
const TITLES = {en: 'SIP Elements: two phones', zh: 'SIP Elements：两部电话'};

const page = document.documentElement;
const themeSwitch = document.querySelector('[data-theme-switch]');
let theme = THEMES[0];

/** A browser may refuse storage; the page works without. */
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
    // Then it is chosen anew next time.
  }
}

function speak(language) {
  page.lang = language;
  document.title = TITLES[language.slice(0, 2)];
  for (const button of document.querySelectorAll('[data-language]'))
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

for (const button of document.querySelectorAll('[data-language]')) {
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

const theirs = navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
const chosen = remembered(CHOICES.theme);
theme = THEMES.includes(chosen) ? chosen : THEMES[0];
speak(['en', 'zh-CN'].find((language) => language === remembered(CHOICES.language)) ?? theirs);

// The phones connect as soon as they know where to.
const server = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/fswebrtc`;
for (const client of document.querySelectorAll('sip-client')) {
  client.setAttribute('server', server);
  // On a narrow page the keys are beneath the stage: what is called comes into view.
  client.addEventListener('sip-call-created', ({detail: {call}}) => {
    if (call.direction === 'outgoing') client.querySelector('sip-call').scrollIntoView({block: 'nearest'});
  });
}
