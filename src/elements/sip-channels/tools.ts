/** What few users of talk groups open, loaded then: pages, sounds, pedals and gamepads. */
import {inner as sounds} from '../shared/calls/announcement-panel.js';
import type {InnerElements} from '../shared/define-inner.js';
import {ChannelPagesElement} from './channel-pages.js';
import {inner as devices} from './talk-devices-view.js';

export {GroupSounds} from '../../core/intercom/group-sounds.js';

export const inner: InnerElements = {
  ...sounds,
  ...devices,
  'sip-channel-pages': ChannelPagesElement,
};
