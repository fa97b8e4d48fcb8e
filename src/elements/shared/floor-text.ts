import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {nameOf} from './people/people.js';

/** Returns who is speaking in an intercom, or the state of the user's own floor request. */
export function floorText(intercom: SipIntercom, localize: LocalizeController): string {
  const {floor, speaker} = intercom.state;
  if (floor === 'granted') return localize.term('youSpeak');
  if (floor === 'requested') return localize.term('floorAsked');
  if (floor === 'queued') return localize.term('floorQueued');
  if (floor === 'idle') return localize.term('nobodySpeaks');
  return speaker
    ? localize.term('speaks', nameOf(intercom.identify(speaker), localize))
    : localize.term('somebodySpeaks');
}
