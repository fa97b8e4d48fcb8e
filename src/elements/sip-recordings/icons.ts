/**
 * Icons of recordings, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `chevron-up`. */
export const chevronUpIcon = icon('chevron-up', svg`<path d="m18 15-6-6-6 6"/>`);

/** Lucide's `pencil`. */
export const pencilIcon = icon(
  'pencil',
  svg`<path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/><path d="m15 5 4 4"/>`,
);
