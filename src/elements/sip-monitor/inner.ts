import type {InnerElements} from '../shared/define-inner.js';
import {MonitorTileElement} from './monitor-tile.js';
import {MonitorWallElement} from './monitor-wall.js';

/** The elements that a `<sip-monitor>` is made of. */
export const inner: InnerElements = {
  'sip-monitor-wall': MonitorWallElement,
  'sip-monitor-tile': MonitorTileElement,
};
