import type {callEn} from './call-en.js';
import type {channelsEn} from './channels-en.js';
import type {conferenceEn} from './conference-en.js';
import type {consoleEn} from './console-en.js';
import type {detailsEn} from './details-en.js';
import type {en} from './en.js';
import type {intercomEn} from './intercom-en.js';
import type {loginEn} from './login-en.js';
import type {messagesEn} from './messages-en.js';
import type {monitorEn} from './monitor-en.js';
import type {qualityEn} from './quality-en.js';
import type {recallEn} from './recall-en.js';
import type {soundEn} from './sound-en.js';
import type {soundsEn} from './sounds-en.js';
import type {supervisionEn} from './supervision-en.js';
import type {talkDevicesEn} from './talk-devices-en.js';

/**
 * The terms of a language; those of conferences, desks, intercoms, talk groups, monitor walls, messages, call quality, the recall,
 * the sound of a call, sounds that are played, supervision, pedals, error details and the form that signs in are loaded with their views.
 */
export type Terms = typeof en &
  typeof callEn &
  typeof channelsEn &
  typeof conferenceEn &
  typeof consoleEn &
  typeof detailsEn &
  typeof intercomEn &
  typeof loginEn &
  typeof messagesEn &
  typeof monitorEn &
  typeof qualityEn &
  typeof recallEn &
  typeof soundsEn &
  typeof soundEn &
  typeof supervisionEn &
  typeof talkDevicesEn;
