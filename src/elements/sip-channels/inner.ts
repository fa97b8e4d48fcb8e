import {SipAudioElement} from '../controls/sip-audio.js';
import {inner as callSound} from '../shared/calls/call-sound.js';
import type {InnerElements} from '../shared/define-inner.js';
import {ChannelTileElement} from './channel-tile.js';
import {ChannelsPanelElement} from './channels-panel.js';

/** The elements that a `<sip-channels>` is made of. */
export const inner: InnerElements = {
  'sip-audio': SipAudioElement,
  ...callSound,
  'sip-channels-panel': ChannelsPanelElement,
  'sip-channel-tile': ChannelTileElement,
};
