/**
 * Icons of the check of calls, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `clock`. */
export const clockIcon = icon('clock', svg`<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>`);

/** Lucide's `minus`. */
export const minusIcon = icon('minus', svg`<path d="M5 12h14"/>`);

/** Lucide's `stethoscope`. */
export const stethoscopeIcon = icon(
  'stethoscope',
  svg`<path d="M11 2v2"/><path d="M5 2v2"/><path d="M5 3H4a2 2 0 0 0-2 2v4a6 6 0 0 0 12 0V5a2 2 0 0 0-2-2h-1"/><path d="M8 15a6 6 0 0 0 12 0v-3"/><circle cx="20" cy="10" r="2"/>`,
);
