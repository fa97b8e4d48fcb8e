/**
 * Icons of messages, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `arrow-down`. */
export const arrowDownIcon = icon('arrow-down', svg`<path d="M12 5v14"/><path d="m19 12-7 7-7-7"/>`);

/** Lucide's `clock`. */
export const clockIcon = icon('clock', svg`<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>`);

/** Lucide's `paperclip`. */
export const paperclipIcon = icon(
  'paperclip',
  svg`<path d="m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551"/>`,
);

/** Lucide's `send`. */
export const sendIcon = icon(
  'send',
  svg`<g class="onward"><path d="M14.536 21.686a.5.5 0 0 0 .937-.024l6.5-19a.496.496 0 0 0-.635-.635l-19 6.5a.5.5 0 0 0-.024.937l7.93 3.18a2 2 0 0 1 1.112 1.11z"/><path d="m21.854 2.147-10.94 10.939"/></g>`,
);

/** Lucide's `square-pen`. */
export const squarePenIcon = icon(
  'square-pen',
  svg`<path d="M12 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-7"/><path d="M18.375 2.625a1 1 0 0 1 3 3l-9.013 9.014a2 2 0 0 1-.853.505l-2.873.84a.5.5 0 0 1-.62-.62l.84-2.873a2 2 0 0 1 .506-.852z"/>`,
);
