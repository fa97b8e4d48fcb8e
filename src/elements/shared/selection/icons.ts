/**
 * Icons of a selection, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../../shared/icons.js';

/** Lucide's `list-checks`. */
export const listChecksIcon = icon(
  'list-checks',
  svg`<path d="M13 5h8"/><path d="M13 12h8"/><path d="M13 19h8"/><path d="m3 17 2 2 4-4"/><path d="m3 7 2 2 4-4"/>`,
);
