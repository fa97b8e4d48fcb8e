/**
 * Icons of keys of people and groups, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `grip-vertical`. */
export const gripVerticalIcon = icon(
  'grip-vertical',
  svg`<circle cx="9" cy="12" r="1"/><circle cx="9" cy="5" r="1"/><circle cx="9" cy="19" r="1"/><circle cx="15" cy="12" r="1"/><circle cx="15" cy="5" r="1"/><circle cx="15" cy="19" r="1"/>`,
);

/** Lucide's `pencil`. */
export const pencilIcon = icon(
  'pencil',
  svg`<path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/><path d="m15 5 4 4"/>`,
);

/** Lucide's `rotate-ccw`. */
export const rotateCcwIcon = icon(
  'rotate-ccw',
  svg`<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/>`,
);
