import {arabic} from './arabic.js';
import {registerLanguage} from './register.js';
import type {Terms} from './terms.js';

/** Modern Standard Arabic, used for every Arabic language tag. Registers itself. */
export const ar: Terms = arabic.terms;

registerLanguage(arabic.terms, arabic.errors);
