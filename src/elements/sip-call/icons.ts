/**
 * Icons of a call in progress, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `chevron-up`. */
export const chevronUpIcon = icon('chevron-up', svg`<path d="m18 15-6-6-6 6"/>`);

/** Lucide's `maximize`. */
export const maximizeIcon = icon(
  'maximize',
  svg`<path d="M8 3H5a2 2 0 0 0-2 2v3"/><path d="M21 8V5a2 2 0 0 0-2-2h-3"/><path d="M3 16v3a2 2 0 0 0 2 2h3"/><path d="M16 21h3a2 2 0 0 0 2-2v-3"/>`,
);

/** Lucide's `minimize`. */
export const minimizeIcon = icon(
  'minimize',
  svg`<path d="M8 3v3a2 2 0 0 1-2 2H3"/><path d="M21 8h-3a2 2 0 0 1-2-2V3"/><path d="M3 16h3a2 2 0 0 1 2 2v3"/><path d="M16 21v-3a2 2 0 0 1 2-2h3"/>`,
);

/** Lucide's `sliders-horizontal`. */
export const slidersHorizontalIcon = icon(
  'sliders-horizontal',
  svg`<path d="M10 5H3"/><path d="M12 19H3"/><path d="M14 3v4"/><path d="M16 17v4"/><path d="M21 12h-9"/><path d="M21 19h-5"/><path d="M21 5h-7"/><path d="M8 10v4"/><path d="M8 12H3"/>`,
);
