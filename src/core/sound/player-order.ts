import type {PlayedPart} from '../../media/audio/playback.js';

/**
 * What plays the sound of a call, the first of these that is there: an element of a patch that the user has left, which is
 * muted; an element that the page gives by `attach`; the
 * special element that shows the call, such as a `<sip-conference>`; any other element; one whose sound is off until the
 * user turns it on; an element of the call's own.
 */
const ORDER = ['patch', 'page', 'special', 'general', 'silent', 'own'] as const;

/** The kind of a player, by which a call chooses the one that is heard. */
export type PlayerKind = (typeof ORDER)[number];

/** A part of a call, and the kind of its player, which may change; `general` if it is left out. */
export interface CallPart extends PlayedPart {
  readonly player?: (() => PlayerKind) | undefined;
}

/** Returns the parts in the order in which they may play the sound; of the same kind, the one that came first is first. */
export function inPlayerOrder(parts: Iterable<CallPart>): readonly CallPart[] {
  const placeOf = ({player}: CallPart): number => ORDER.indexOf(player?.() ?? 'general');
  return [...parts].sort((one, other) => placeOf(one) - placeOf(other));
}
