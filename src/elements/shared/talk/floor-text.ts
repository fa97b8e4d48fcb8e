import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {IntercomState, SipIntercom} from '../../../core/intercom/intercom.js';
import {nameOf} from '../people/people.js';

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

/** Returns the user's place in the queue, or how many wait while another speaks; undefined if there is none. */
export function queueText(
  {floor, queuePosition, queueLength}: IntercomState,
  localize: LocalizeController,
): string | undefined {
  if (queuePosition === 1) return localize.term('queueNext');
  if (queuePosition) return localize.term('queuePosition', String(queuePosition));
  const speaks = floor === 'granted' || floor === 'taken';
  return speaks && queueLength ? localize.term('queueLength', String(queueLength)) : undefined;
}

/** Returns why the user lost the floor. */
export function revokedText(
  {revocation}: Pick<IntercomState, 'revocation'>,
  localize: LocalizeController,
): string {
  if (revocation === 'time-limit') return localize.term('floorTimeUp');
  return localize.term(revocation === 'priority' ? 'floorPreempted' : 'floorRevoked');
}
