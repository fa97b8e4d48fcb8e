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

/** Lucide's `layout-dashboard`. */
export const layoutDashboardIcon = icon(
  'layout-dashboard',
  svg`<rect width="7" height="9" x="3" y="3" rx="1"/><rect width="7" height="5" x="14" y="3" rx="1"/><rect width="7" height="9" x="14" y="12" rx="1"/><rect width="7" height="5" x="3" y="16" rx="1"/>`,
);

/** Lucide's `lock`. */
export const lockIcon = icon(
  'lock',
  svg`<rect width="18" height="11" x="3" y="11" rx="2" ry="2"/><path d="M7 11V7a5 5 0 0 1 10 0v4"/>`,
);

/** Lucide's `notebook-pen`. */
export const notebookPenIcon = icon(
  'notebook-pen',
  svg`<path d="M13.4 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-7.4"/><path d="M2 6h4"/><path d="M2 10h4"/><path d="M2 14h4"/><path d="M2 18h4"/><path d="M21.378 5.626a1 1 0 1 0-3.004-3.004l-5.01 5.012a2 2 0 0 0-.506.854l-.837 2.87a.5.5 0 0 0 .62.62l2.87-.837a2 2 0 0 0 .854-.506z"/>`,
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

/** Lucide's `scroll-text`. */
export const scrollTextIcon = icon(
  'scroll-text',
  svg`<path d="M15 12h-5"/><path d="M15 8h-5"/><path d="M19 17V5a2 2 0 0 0-2-2H4"/><path d="M8 21h12a2 2 0 0 0 2-2v-1a1 1 0 0 0-1-1H11a1 1 0 0 0-1 1v1a2 2 0 1 1-4 0V5a2 2 0 1 0-4 0v2a1 1 0 0 0 1 1h3"/>`,
);

/** Lucide's `user-round-check`. */
export const userRoundCheckIcon = icon(
  'user-round-check',
  svg`<path d="M2 21a8 8 0 0 1 13.292-6"/><circle cx="10" cy="8" r="5"/><path d="m16 19 2 2 4-4"/>`,
);
