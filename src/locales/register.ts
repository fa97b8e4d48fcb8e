import {registerErrorTexts, type ErrorSentences} from '../errors.js';
import {addTerms} from './add-terms.js';
import type {Terms} from './terms.js';

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
  registerErrorTexts(terms.$code, errors);
  addTerms({...terms, $code: terms.$code.toLowerCase()});
}
