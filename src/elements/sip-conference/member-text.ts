import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import type {SipErrorCode} from '../../errors.js';
import type {Terms} from '../../locales/terms.js';
import {nameOf} from '../shared/people/people.js';

/** The terms for why a member does not take part. */
const ENDINGS: Readonly<Partial<Record<SipErrorCode | 'normal', keyof Terms>>> = {
  normal: 'memberLeft',
  busy: 'memberBusy',
  declined: 'refused',
  'no-answer': 'memberNoAnswer',
  'number-offline': 'offline',
};

/** Returns the states of a member in a few words, the most important ones first. */
export function memberTexts(
  {phase, talking, speaking, hearing, spotlighted, cause}: ConferenceMember,
  localize: LocalizeController,
): readonly string[] {
  if (phase === 'init') return [localize.term('calling')];
  if (phase === 'ringing') return [localize.term('ringing')];
  if (phase === 'released') {
    const ending = cause && ENDINGS[cause.code];
    return [localize.term((ending ?? 'unanswered') as 'unanswered')];
  }
  const terms = [
    speaking ? (talking ? ('isTalking' as const) : undefined) : ('memberMuted' as const),
    hearing ? undefined : ('memberDeaf' as const),
    spotlighted ? ('memberPushed' as const) : undefined,
  ].filter((term) => term !== undefined);
  return (terms.length ? terms : (['connected'] as const)).map((term) => localize.term(term));
}

/** Whether a member is heard speaking. */
export function talks({phase, speaking, talking}: ConferenceMember): boolean {
  return phase === 'answered' && speaking && talking;
}

/** Returns the name on a tile; that of the conference for its only video, if that belongs to no single member. */
export function tileName(
  {member, own, only}: {member: ConferenceMember | undefined; own: boolean; only: boolean},
  localize: LocalizeController,
): string {
  if (own) return localize.term('you');
  if (member) return nameOf(member, localize);
  return only ? localize.term('conferenceVideo') : '';
}
