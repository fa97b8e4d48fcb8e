import {SipAudioElement} from '../controls/sip-audio.js';
import {SipPhotoButtonElement} from '../controls/sip-photo-button.js';
import {SipRecordButtonElement} from '../controls/sip-record-button.js';
import {SoundMenuElement} from '../shared/calls/sound-menu.js';
import type {InnerElements} from '../shared/define-inner.js';
import {SipVideoElement} from '../sip-video/sip-video.js';
import {MonitorTileElement} from './monitor-tile.js';
import {MonitorWallElement} from './monitor-wall.js';

/** The elements that a `<sip-monitor>` is made of. */
export const inner: InnerElements = {
  'sip-audio': SipAudioElement,
  'sip-photo-button': SipPhotoButtonElement,
  'sip-record-button': SipRecordButtonElement,
  'sip-sound-menu': SoundMenuElement,
  'sip-video': SipVideoElement,
  'sip-monitor-wall': MonitorWallElement,
  'sip-monitor-tile': MonitorTileElement,
};
