import type {conferenceEn} from './conference-en.js';
import type {en} from './en.js';
import type {messagesEn} from './messages-en.js';
import type {monitorEn} from './monitor-en.js';
import type {qualityEn} from './quality-en.js';

/** What a language has a text for; the texts of conferences, walls of pictures, messages and a call's quality come with those. */
export type Terms = typeof en & typeof conferenceEn & typeof messagesEn & typeof monitorEn & typeof qualityEn;
