import {SipAudioElement} from '../controls/sip-audio.js';
import {SoundMenuElement} from '../shared/calls/sound-menu.js';
import type {InnerElements} from '../shared/define-inner.js';
import {IntercomJoinElement} from './intercom-join.js';
import {IntercomMembersElement} from './intercom-members.js';
import {IntercomPanelElement} from './intercom-panel.js';
import {IntercomTalkElement} from './intercom-talk.js';

/** The elements that a `<sip-intercom>` is made of. */
export const inner: InnerElements = {
  'sip-audio': SipAudioElement,
  'sip-sound-menu': SoundMenuElement,
  'sip-intercom-panel': IntercomPanelElement,
  'sip-intercom-join': IntercomJoinElement,
  'sip-intercom-members': IntercomMembersElement,
  'sip-intercom-talk': IntercomTalkElement,
};
