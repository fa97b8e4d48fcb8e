/**
 * Icons of pages of tiles, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../../shared/icons.js';

/** Lucide's `plus`. */
export const plusIcon = icon('plus', svg`<path d="M5 12h14"/><path d="M12 5v14"/>`);
