import type {conferenceEn} from './conference-en.js';
import type {en} from './en.js';
import type {intercomEn} from './intercom-en.js';
import type {messagesEn} from './messages-en.js';
import type {monitorEn} from './monitor-en.js';
import type {qualityEn} from './quality-en.js';
import type {supervisionEn} from './supervision-en.js';

/**
 * The terms of a language; those of conferences, intercoms, monitor walls, messages, call quality and supervision are
 * loaded with their views.
 */
export type Terms = typeof en &
  typeof conferenceEn &
  typeof intercomEn &
  typeof messagesEn &
  typeof monitorEn &
  typeof qualityEn &
  typeof supervisionEn;
