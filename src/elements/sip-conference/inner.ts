import '../../locales/conference-en.js';
import {controls} from '../controls/inner.js';
import {SoundMenuElement} from '../shared/calls/sound-menu.js';
import type {InnerElements} from '../shared/define-inner.js';
import {ConferenceBarElement} from './conference-bar.js';
import {ConferenceFilesElement} from './conference-files.js';
import {ConferenceFormElement} from './conference-form.js';
import {ConferenceInviteElement} from './conference-invite.js';
import {ConferenceMemberElement} from './conference-member.js';
import {ConferenceRoomElement} from './conference-room.js';
import {ConferenceRosterElement} from './conference-roster.js';
import {FileChoiceElement} from './file-choice.js';
import {ConferenceStageElement} from './stage/conference-stage.js';
import {ConferenceTileElement} from './stage/conference-tile.js';

/** The elements that a `<sip-conference>` is made of. */
export const inner: InnerElements = {
  ...controls,
  'sip-sound-menu': SoundMenuElement,
  'sip-conference-bar': ConferenceBarElement,
  'sip-conference-file-choice': FileChoiceElement,
  'sip-conference-files': ConferenceFilesElement,
  'sip-conference-form': ConferenceFormElement,
  'sip-conference-invite': ConferenceInviteElement,
  'sip-conference-member': ConferenceMemberElement,
  'sip-conference-room': ConferenceRoomElement,
  'sip-conference-roster': ConferenceRosterElement,
  'sip-conference-stage': ConferenceStageElement,
  'sip-conference-tile': ConferenceTileElement,
};
