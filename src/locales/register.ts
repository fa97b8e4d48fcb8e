import {registerErrorTexts, type ErrorSentences} from '../errors.js';
import {addTerms} from './add-terms.js';
import type {Terms} from './terms.js';

/** The codes of the languages that were added. */
const added = new Set<string>();

/** Adds a language that comes with the package, unless the page has added one with its code. */
export function registerOwn({terms, errors}: Language): void {
  if (!added.has(terms.$code)) registerLanguage(terms, errors);
}

/** A language that comes with the package. */
export interface Language {
  readonly terms: Terms;
  readonly errors: ErrorSentences;
}

/**
 * Adds a language: the terms of its `$code`, and the sentences of its errors.
 *
 * A term that is missing is shown in English.
 */
export function registerLanguage(
  terms: Partial<Terms> & Pick<Terms, '$code' | '$name' | '$dir'>,
  errors: Partial<ErrorSentences> = {},
): void {
  added.add(terms.$code);
  registerErrorTexts(terms.$code, errors);
  addTerms({...terms, $code: terms.$code.toLowerCase()});
}
