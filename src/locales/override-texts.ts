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
 * @param language - A BCP 47 tag: `en`, or `zh-TW` for that region alone. English texts are also those of languages that
 *   lack them.
 * @throws {SipError} `bad-parameter` if the tag, a key or a value is unknown; nothing is changed then.
 */
export async function overrideTexts(
  language: string,
  texts: Partial<Texts>,
  errors: Partial<ErrorSentences> = {},
): Promise<void> {
  const {english} = await import('./english.js');
  const known = english as Readonly<Record<string, unknown>>;
  const keys = Object.keys(english).filter((key) => !key.startsWith('$'));
  for (const [key, text] of Object.entries(texts)) {
    if (!keys.includes(key)) refuse(key, keys);
    if (typeof text !== 'string' && typeof text !== typeof known[key])
      throw new SipError('bad-parameter', {subject: `text “${key}”`, expected: `a ${typeof known[key]}`});
  }
  for (const [key, text] of Object.entries(errors)) {
    if (!ERRORS.includes(key)) refuse(key, ERRORS);
    if (![text].flat().every((part) => typeof part === 'string'))
      throw new SipError('bad-parameter', {subject: `text “${key}”`, expected: 'a string, or two'});
  }
  const tag = tagOf(language);
  setErrorTexts(tag, errors);
  setTexts(tag, texts);
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

function tagOf(language: string): string {
  try {
    return new Intl.Locale(language).baseName.toLowerCase();
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: `language “${language}”`, expected: 'en', cause});
  }
}
