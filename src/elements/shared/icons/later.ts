/**
 * Icons of what is loaded later, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../../shared/icons.js';

/** Lucide's `cctv`. */
export const cctvIcon = icon(
  'cctv',
  svg`<path d="M16.75 12h3.632a1 1 0 0 1 .894 1.447l-2.034 4.069a1 1 0 0 1-1.708.134l-2.124-2.97"/><path d="M17.106 9.053a1 1 0 0 1 .447 1.341l-3.106 6.211a1 1 0 0 1-1.342.447L3.61 12.3a2.92 2.92 0 0 1-1.3-3.91L3.69 5.6a2.92 2.92 0 0 1 3.92-1.3z"/><path d="M2 19h3.76a2 2 0 0 0 1.8-1.1L9 15"/><path d="M2 21v-4"/><path d="M7 9h.01"/>`,
);

/** Lucide's `chevron-right`. */
export const chevronRightIcon = icon('chevron-right', svg`<g class="onward"><path d="m9 18 6-6-6-6"/></g>`);

/** Lucide's `ellipsis`. */
export const ellipsisIcon = icon(
  'ellipsis',
  svg`<circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/><circle cx="5" cy="12" r="1"/>`,
);

/** Lucide's `map-pin`. */
export const mapPinIcon = icon(
  'map-pin',
  svg`<path d="M20 10c0 4.993-5.539 10.193-7.399 11.799a1 1 0 0 1-1.202 0C9.539 20.193 4 14.993 4 10a8 8 0 0 1 16 0"/><circle cx="12" cy="10" r="3"/>`,
);

/** Lucide's `picture-in-picture-2`. */
export const pictureInPicture2Icon = icon(
  'picture-in-picture-2',
  svg`<path d="M21 9V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v10c0 1.1.9 2 2 2h4"/><rect width="10" height="7" x="12" y="13" rx="2"/>`,
);

/** Lucide's `radio`. */
export const radioIcon = icon(
  'radio',
  svg`<path d="M16.247 7.761a6 6 0 0 1 0 8.478"/><path d="M19.075 4.933a10 10 0 0 1 0 14.134"/><path d="M4.925 19.067a10 10 0 0 1 0-14.134"/><path d="M7.753 16.239a6 6 0 0 1 0-8.478"/><circle cx="12" cy="12" r="2"/>`,
);

/** Lucide's `search`. */
export const searchIcon = icon('search', svg`<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>`);
