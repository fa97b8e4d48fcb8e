import {chinese} from './chinese.js';
import {registerLanguage} from './register.js';
import type {Terms} from './terms.js';

/** Simplified Chinese, used for every Chinese language tag. Registers itself. */
export const zhCN: Terms = chinese.terms;

registerLanguage(chinese.terms, chinese.errors);
