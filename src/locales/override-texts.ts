import {ERROR_TEXTS, setErrorTexts, SipError, type ErrorSentences} from '../errors.js';
import {setTexts} from './add-terms.js';
import type {Terms} from './terms.js';

/** The texts that a page can set: all terms except those that describe the language. */
export type Texts = Omit<Terms, '$code' | '$name' | '$dir'>;

const ERRORS = [...Object.keys(ERROR_TEXTS), '$missing', '$unusable'];

/**
 * Replaces single texts of the interface, and sentences of errors, in one language. Resolves when the elements that are
 * shown have been asked to update; what is loaded later keeps the texts, too.
 *
 * @param language - A BCP 47 tag: `en`, or `zh-TW` for that region alone; a script beside the region is ignored. English
 *   texts are also those of languages that lack them.
 * @throws {SipError} `bad-parameter` if the tag, a key or a value is invalid; nothing is changed then.
 */
export async function overrideTexts(
  language: string,
  texts: Partial<Texts>,
  errors: Partial<ErrorSentences> = {},
): Promise<void> {
  const {english} = await import('./english.js');
  const known = english as Readonly<Record<string, unknown>>;
  const keys = Object.keys(english).filter((key) => !key.startsWith('$'));
  for (const [key, text] of entriesOf('texts', texts)) {
    if (!keys.includes(key)) refuse(key, keys);
    if (typeof text !== 'string' && typeof text !== typeof known[key])
      throw new SipError('bad-parameter', {subject: `text “${key}”`, expected: `a ${typeof known[key]}`});
  }
  for (const [key, text] of entriesOf('errors', errors)) {
    if (!ERRORS.includes(key)) refuse(key, ERRORS);
    const parts: readonly unknown[] = Array.isArray(text) ? text : [text, text];
    if (parts.length !== 2 || !parts.every((part) => typeof part === 'string'))
      throw new SipError('bad-parameter', {subject: `text “${key}”`, expected: 'a string, or two'});
  }
  const tag = tagOf(language);
  setErrorTexts(tag, errors);
  setTexts(tag, texts);
}

/** Returns the keys of an object with their values; refuses a list and anything else. */
function entriesOf(subject: string, object: unknown): [string, unknown][] {
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    throw new SipError('bad-parameter', {subject, expected: 'an object, such as {hangup: "End"}'});
  return Object.entries(object);
}

/** Refuses an unknown key, with the one that was probably meant. */
function refuse(key: string, keys: readonly string[]): never {
  const begin = key.slice(0, 3).toLowerCase();
  const near =
    keys.find((each) => each.toLowerCase() === key.toLowerCase()) ??
    keys.find((each) => each.toLowerCase().startsWith(begin)) ??
    keys[0]!;
  throw new SipError('bad-parameter', {subject: `text “${key}”`, expected: near});
}

/** Returns the tag under which the elements look for texts: the language, and the region if there is one. */
function tagOf(tag: string): string {
  let expected = 'en';
  try {
    const locale = new Intl.Locale(tag);
    const {language, script, region} = locale;
    if (region || !script) return [language, region].filter(Boolean).join('-').toLowerCase();
    // The elements look for regions, not for scripts.
    expected = `${language}-${locale.maximize().region ?? ''}`;
  } catch {
    // It is no tag.
  }
  throw new SipError('bad-parameter', {subject: `language “${tag}”`, expected});
}
