/** What the notifications say that wake a page. A service worker has them in all languages: it loads nothing. */
export interface PushTexts {
  readonly incoming: string;
  readonly answer: string;
  readonly ignore: string;
  readonly missed: string;
  /** The browser has ended the subscription. */
  readonly ended: string;
}

const TEXTS: Readonly<Record<string, PushTexts>> = {
  en: {
    incoming: 'Incoming call',
    answer: 'Answer',
    ignore: 'Ignore',
    missed: 'The call has ended',
    ended: 'Open the phone to get calls again',
  },
  zh: {
    incoming: '来电',
    answer: '接听',
    ignore: '忽略',
    missed: '通话已结束',
    ended: '请打开电话页面以继续接收来电',
  },
  ar: {
    incoming: 'مكالمة واردة',
    answer: 'رد',
    ignore: 'تجاهل',
    missed: 'انتهت المكالمة',
    ended: 'افتح الهاتف لتلقي المكالمات من جديد',
  },
};

/** The texts in a language, a BCP 47 tag; English if there are none. */
export const pushTexts = (lang: string): PushTexts =>
  TEXTS[lang.toLowerCase().split('-')[0]!] ?? TEXTS['en']!;
