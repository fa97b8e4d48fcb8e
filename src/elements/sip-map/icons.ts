/**
 * Icons of a map, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `lasso`. */
export const lassoIcon = icon(
  'lasso',
  svg`<path d="M3.704 14.467a10 8 0 1 1 3.115 2.375"/><path d="M7 22a5 5 0 0 1-2-3.994"/><circle cx="5" cy="16" r="2"/>`,
);

/** Lucide's `list`. */
export const listIcon = icon(
  'list',
  svg`<path d="M3 5h.01"/><path d="M3 12h.01"/><path d="M3 19h.01"/><path d="M8 5h13"/><path d="M8 12h13"/><path d="M8 19h13"/>`,
);

/** Lucide's `maximize`. */
export const maximizeIcon = icon(
  'maximize',
  svg`<path d="M8 3H5a2 2 0 0 0-2 2v3"/><path d="M21 8V5a2 2 0 0 0-2-2h-3"/><path d="M3 16v3a2 2 0 0 0 2 2h3"/><path d="M16 21h3a2 2 0 0 0 2-2v-3"/>`,
);

/** Lucide's `minus`. */
export const minusIcon = icon('minus', svg`<path d="M5 12h14"/>`);

/** Lucide's `plus`. */
export const plusIcon = icon('plus', svg`<path d="M5 12h14"/><path d="M12 5v14"/>`);

/** Lucide's `square-dashed`. */
export const squareDashedIcon = icon(
  'square-dashed',
  svg`<path d="M5 3a2 2 0 0 0-2 2"/><path d="M19 3a2 2 0 0 1 2 2"/><path d="M21 19a2 2 0 0 1-2 2"/><path d="M5 21a2 2 0 0 1-2-2"/><path d="M9 3h1"/><path d="M9 21h1"/><path d="M14 3h1"/><path d="M14 21h1"/><path d="M3 9v1"/><path d="M21 9v1"/><path d="M3 14v1"/><path d="M21 14v1"/>`,
);
