/**
 * Icons of talk groups, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `ban`. */
export const banIcon = icon(
  'ban',
  svg`<circle cx="12" cy="12" r="10"/><path d="M4.929 4.929 19.07 19.071"/>`,
);

/** Lucide's `chevrons-up`. */
export const chevronsUpIcon = icon('chevrons-up', svg`<path d="m17 11-5-5-5 5"/><path d="m17 18-5-5-5 5"/>`);

/** Lucide's `circle`. */
export const circleIcon = icon('circle', svg`<circle cx="12" cy="12" r="10"/>`);

/** Lucide's `clock`. */
export const clockIcon = icon('clock', svg`<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 2"/>`);

/** Lucide's `ear`. */
export const earIcon = icon(
  'ear',
  svg`<path d="M6 8.5a6.5 6.5 0 1 1 13 0c0 6-6 6-6 10a3.5 3.5 0 1 1-7 0"/><path d="M15 8.5a2.5 2.5 0 0 0-5 0v1a2 2 0 1 1 0 4"/>`,
);

/** Lucide's `layers`. */
export const layersIcon = icon(
  'layers',
  svg`<path d="M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 1.66 0l8.58-3.9a1 1 0 0 0 0-1.83z"/><path d="M2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12"/><path d="M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17"/>`,
);

/** Lucide's `move`. */
export const moveIcon = icon(
  'move',
  svg`<path d="M12 2v20"/><path d="m15 19-3 3-3-3"/><path d="m19 9 3 3-3 3"/><path d="M2 12h20"/><path d="m5 9-3 3 3 3"/><path d="m9 5 3-3 3 3"/>`,
);

/** Lucide's `rotate-ccw`. */
export const rotateCcwIcon = icon(
  'rotate-ccw',
  svg`<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/>`,
);

/** Lucide's `unplug`. */
export const unplugIcon = icon(
  'unplug',
  svg`<path d="m19 5 3-3"/><path d="m2 22 3-3"/><path d="M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z"/><path d="M7.5 13.5 10 11"/><path d="M10.5 16.5 13 14"/><path d="m12 6 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z"/>`,
);
