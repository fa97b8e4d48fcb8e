import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

// The first language is the one to fall back on.
registerTranslation(en);

type Texts = Readonly<Record<string, unknown>>;

/** The texts that the page has set instead of those of a language, by its tag in lower case. */
const own = new Map<string, Texts>();

/** What is known of each language tag that elements have; cleared when terms are added. */
export const found = new Map<string, unknown>();

/** Adds terms of a language, below those that the page has set. Elements that are shown update. */
export function addTerms(terms: Texts & {readonly $code: string}): void {
  found.clear();
  registerTranslation({...terms, ...own.get(terms.$code)} as never);
}

/** Adds English terms, which all languages fall back on. They are loaded before anything shows them, so nothing updates. */
export function addEnglish(terms: Texts): void {
  Object.assign(en, terms, own.get('en'));
  found.clear();
}

/** Sets texts instead of those of a language, which may be loaded later. */
export function setTexts(language: string, texts: Texts): void {
  own.set(language, {...own.get(language), ...texts});
  if (language !== 'en') return addTerms({$code: language});
  addEnglish({});
  addTerms(en);
}

/** Returns the text of a key; the key itself if there is none. */
export function namedText(texts: Readonly<Record<string, string>>, key: string): string {
  return (Object.hasOwn(texts, key) && texts[key]) || key;
}
