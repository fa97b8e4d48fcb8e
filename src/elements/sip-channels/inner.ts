import {SipAudioElement} from '../controls/sip-audio.js';
import {inner as soundSettings} from '../shared/calls/sound-settings.js';
import type {InnerElements} from '../shared/define-inner.js';
import {ChannelTileElement} from './channel-tile.js';
import {ChannelsPanelElement} from './channels-panel.js';

/** The elements that a `<sip-channels>` is made of. */
export const inner: InnerElements = {
  'sip-audio': SipAudioElement,
  ...soundSettings,
  'sip-channels-panel': ChannelsPanelElement,
  'sip-channel-tile': ChannelTileElement,
};
