/**
 * Icons of the controls of a call, written by `npm run icons` as `shared/icons.ts` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '../../shared/icons.js';

/** Lucide's `camera`. */
export const cameraIcon = icon(
  'camera',
  svg`<path d="M13.997 4a2 2 0 0 1 1.76 1.05l.486.9A2 2 0 0 0 18.003 7H20a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h1.997a2 2 0 0 0 1.759-1.048l.489-.904A2 2 0 0 1 10.004 4z"/><circle cx="12" cy="13" r="3"/>`,
);

/** Lucide's `check`. */
export const checkIcon = icon('check', svg`<path d="M20 6 9 17l-5-5"/>`);

/** Lucide's `circle-dot`. */
export const circleDotIcon = icon(
  'circle-dot',
  svg`<circle cx="12" cy="12" r="1"/><circle cx="12" cy="12" r="10"/>`,
);

/** Lucide's `circle-stop`. */
export const circleStopIcon = icon(
  'circle-stop',
  svg`<circle cx="12" cy="12" r="10"/><rect x="9" y="9" width="6" height="6" rx="1"/>`,
);

/** Lucide's `mic`. */
export const micIcon = icon(
  'mic',
  svg`<path d="M12 19v3"/><path d="M19 10v2a7 7 0 0 1-14 0v-2"/><rect x="9" y="2" width="6" height="13" rx="3"/>`,
);

/** Lucide's `mic-off`. */
export const micOffIcon = icon(
  'mic-off',
  svg`<path d="M12 19v3"/><path d="M15 9.34V5a3 3 0 0 0-5.68-1.33"/><path d="M16.95 16.95A7 7 0 0 1 5 12v-2"/><path d="M18.89 13.23A7 7 0 0 0 19 12v-2"/><path d="m2 2 20 20"/><path d="M9 9v3a3 3 0 0 0 5.12 2.12"/>`,
);

/** Lucide's `monitor-off`. */
export const monitorOffIcon = icon(
  'monitor-off',
  svg`<path d="M12 17v4"/><path d="M17 17H4a2 2 0 0 1-2-2V5a2 2 0 0 1 1.184-1.826"/><path d="m2 2 20 20"/><path d="M8 21h8"/><path d="M8.656 3H20a2 2 0 0 1 2 2v10a2 2 0 0 1-.293 1.042"/>`,
);

/** Lucide's `pause`. */
export const pauseIcon = icon(
  'pause',
  svg`<rect x="14" y="3" width="5" height="18" rx="1"/><rect x="5" y="3" width="5" height="18" rx="1"/>`,
);

/** Lucide's `phone-forwarded`. */
export const phoneForwardedIcon = icon(
  'phone-forwarded',
  svg`<g class="onward"><path d="M14 6h8"/><path d="m18 2 4 4-4 4"/><path d="M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384"/></g>`,
);

/** Lucide's `play`. */
export const playIcon = icon(
  'play',
  svg`<path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"/>`,
);

/** Lucide's `video-off`. */
export const videoOffIcon = icon(
  'video-off',
  svg`<path d="M10.66 6H14a2 2 0 0 1 2 2v2.5l5.248-3.062A.5.5 0 0 1 22 7.87v8.196"/><path d="M16 16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h2"/><path d="m2 2 20 20"/>`,
);
