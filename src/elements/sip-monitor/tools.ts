/** What few users of a wall open, loaded then: rounds of cameras, and the menu of a tile. */
import type {InnerElements} from '../shared/define-inner.js';
import {RoundBarElement} from './round-bar.js';
import {RoundListElement} from './round-list.js';
import {TileMenuElement} from './tile-menu.js';

export {CameraRound} from './round.js';
export {cleanRound, SavedRounds} from './rounds.js';

export const inner: InnerElements = {
  'sip-monitor-round': RoundBarElement,
  'sip-monitor-rounds': RoundListElement,
  'sip-monitor-menu': TileMenuElement,
};
