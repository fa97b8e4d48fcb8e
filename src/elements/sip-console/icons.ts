/**
 * Icons of a desk, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../shared/icons.js';

/** Lucide's `app-window`. */
export const appWindowIcon = icon(
  'app-window',
  svg`<rect x="2" y="4" width="20" height="16" rx="2"/><path d="M10 4v4"/><path d="M2 8h20"/><path d="M6 4v4"/>`,
);

/** Lucide's `columns-2`. */
export const columns2Icon = icon(
  'columns-2',
  svg`<rect width="18" height="18" x="3" y="3" rx="2"/><path d="M12 3v18"/>`,
);

/** Lucide's `history`. */
export const historyIcon = icon(
  'history',
  svg`<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/><path d="M12 7v5l4 2"/>`,
);

/** Lucide's `layout-dashboard`. */
export const layoutDashboardIcon = icon(
  'layout-dashboard',
  svg`<rect width="7" height="9" x="3" y="3" rx="1"/><rect width="7" height="5" x="14" y="3" rx="1"/><rect width="7" height="9" x="14" y="12" rx="1"/><rect width="7" height="5" x="3" y="16" rx="1"/>`,
);

/** Lucide's `panel-left`. */
export const panelLeftIcon = icon(
  'panel-left',
  svg`<rect width="18" height="18" x="3" y="3" rx="2"/><path d="M9 3v18"/>`,
);

/** Lucide's `panel-right`. */
export const panelRightIcon = icon(
  'panel-right',
  svg`<rect width="18" height="18" x="3" y="3" rx="2"/><path d="M15 3v18"/>`,
);

/** Lucide's `rows-2`. */
export const rows2Icon = icon(
  'rows-2',
  svg`<rect width="18" height="18" x="3" y="3" rx="2"/><path d="M3 12h18"/>`,
);
