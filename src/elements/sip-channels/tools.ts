/** What few users of talk groups open, loaded then: pages and sounds. */
import {inner as sounds} from '../shared/calls/announcement-panel.js';
import type {InnerElements} from '../shared/define-inner.js';
import {TilePagesElement} from '../shared/tiles/tile-pages.js';

export {GroupSounds} from '../../core/intercom/group-sounds.js';

export const inner: InnerElements = {
  ...sounds,
  'sip-tile-pages': TilePagesElement,
};
