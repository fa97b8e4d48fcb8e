import type {TemplateResult} from 'lit';
import type {TalkActivity} from '../../core/intercom/talk-group.js';
import {micIcon} from '../shared/icons/controls.js';
import {volume2Icon} from '../shared/icons.js';
import {banIcon, circleIcon, clockIcon, unplugIcon} from './icons.js';

/** The term for an activity. */
type ActivityTerm =
  | 'groupAbsent'
  | 'joining'
  | 'groupIdle'
  | 'groupReceiving'
  | 'groupWaiting'
  | 'groupSpeaking'
  | 'groupRefused';

/** The shape and the word of each activity, which do not depend on its color. */
export const ACTIVITY_LOOK: Readonly<
  Record<TalkActivity, {readonly icon: TemplateResult; readonly term: ActivityTerm}>
> = {
  absent: {icon: unplugIcon, term: 'groupAbsent'},
  joining: {icon: clockIcon, term: 'joining'},
  idle: {icon: circleIcon, term: 'groupIdle'},
  receiving: {icon: volume2Icon, term: 'groupReceiving'},
  waiting: {icon: clockIcon, term: 'groupWaiting'},
  speaking: {icon: micIcon, term: 'groupSpeaking'},
  refused: {icon: banIcon, term: 'groupRefused'},
};
