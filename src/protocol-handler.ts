/**
 * The script of `protocol-handler.html`, which opens links of other pages and programs: it hands the number to an open
 * `<sip-phone links>` of its origin. If there is none, it shows a link to the page that the parameter `phone` names, with the
 * number as the parameter `to`. It never calls and goes nowhere by itself: any page can open its address.
 */
import {handNumber} from './links/handed-numbers.js';

const TEXTS = {
  en: {
    taken: 'The number is in your phone.',
    none: 'Open your phone, then follow the link again.',
    open: 'Open the phone',
  },
  zh: {taken: '号码已填入您的电话。', none: '请先打开您的电话，再点击链接。', open: '打开电话'},
  ar: {taken: 'الرقم موجود في هاتفك.', none: 'افتح هاتفك ثم اتبع الرابط مرة أخرى.', open: 'افتح الهاتف'},
};

const parameters = new URLSearchParams(location.search);
const number = parameters.get('to') ?? '';
const language = (
  navigator.language.slice(0, 2) in TEXTS ? navigator.language.slice(0, 2) : 'en'
) as keyof typeof TEXTS;

/** Shows a text or a link, in the language of the browser. */
function show(content: string | HTMLAnchorElement): void {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  // A policy may forbid a style sheet in the page.
  document.body.style.cssText = 'font: 1.125rem/1.5 system-ui; text-align: center; padding: 2rem 1rem';
  document.body.replaceChildren(content);
}

/** Returns a link to the phone's page with the number; undefined if the page is none of this origin. */
function phoneLink(): HTMLAnchorElement | undefined {
  const page = parameters.get('phone');
  const url = page && URL.canParse(page, location.href) ? new URL(page, location.href) : undefined;
  if (page && url?.origin !== location.origin)
    reportError(new TypeError(`SIP Elements: the parameter “phone” is not a page of this origin: ${page}`));
  if (url?.origin !== location.origin) return undefined;
  url.searchParams.set('to', number);
  const link = document.createElement('a');
  link.href = url.href;
  link.textContent = TEXTS[language].open;
  return link;
}

if (number.trim() && (await handNumber(number))) {
  show(TEXTS[language].taken);
  // The browser closes only a window that a script has opened.
  close();
} else {
  show((number.trim() && phoneLink()) || TEXTS[language].none);
}
