import type {InnerElements} from '../shared/define-inner.js';
import {SipVideoElement} from '../sip-video/sip-video.js';
import {SipAudioElement} from './sip-audio.js';
import {SipCameraButtonElement} from './sip-camera-button.js';
import {SipDurationElement} from './sip-duration.js';
import {SipHangupButtonElement} from './sip-hangup-button.js';
import {SipHoldButtonElement} from './sip-hold-button.js';
import {SipKeypadElement} from './sip-keypad.js';
import {SipMuteButtonElement} from './sip-mute-button.js';
import {SipPhotoButtonElement} from './sip-photo-button.js';
import {SipRecordButtonElement} from './sip-record-button.js';
import {SipScreenButtonElement} from './sip-screen-button.js';
import {SipTransferButtonElement} from './sip-transfer-button.js';

/** What a call is shown and controlled with, by tag. */
export const controls: InnerElements = {
  'sip-audio': SipAudioElement,
  'sip-camera-button': SipCameraButtonElement,
  'sip-duration': SipDurationElement,
  'sip-hangup-button': SipHangupButtonElement,
  'sip-hold-button': SipHoldButtonElement,
  'sip-keypad': SipKeypadElement,
  'sip-mute-button': SipMuteButtonElement,
  'sip-photo-button': SipPhotoButtonElement,
  'sip-record-button': SipRecordButtonElement,
  'sip-screen-button': SipScreenButtonElement,
  'sip-transfer-button': SipTransferButtonElement,
  'sip-video': SipVideoElement,
};
