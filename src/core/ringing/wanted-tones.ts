import type {ToneName} from '../../media/audio/tones.js';
import {isIntercomType, isLookedAt, isUrgent} from '../call/call-kinds.js';
import type {SipCall} from '../call/call.js';
import {isWaiting} from '../call/newest-call.js';
import type {CallCause, CallType} from '../types.js';

/** Calls that somebody has to answer. */
const DIALLED: ReadonlySet<CallType> = new Set(['single', 'urgent', 'sos', 'other']);

/** Endings that a caller need not be told of. */
const QUIET: ReadonlySet<CallCause['code']> = new Set([
  'normal',
  'cancelled',
  'aborted',
  'answered-elsewhere',
  'kicked-out',
]);

/** Endings of those who could be reached. */
const BUSY: ReadonlySet<CallCause['code']> = new Set(['busy', 'declined', 'call-refused']);

/**
 * What there is to be heard of the calls: an incoming one rings, or knocks where a call is under way here, unless it is
 * urgent: that one sounds the alarm in any case. An outgoing one that rings over there is heard to do so, unless the other
 * side lets hear it itself (RFC 3960 §3.2).
 */
export function wantedTones(calls: readonly SipCall[]): Set<ToneName> {
  const tones = new Set<ToneName>();
  const onThePhone = calls.some(
    ({state, direction, type}) =>
      // An intercom may stand all day long: nobody is on the phone for it.
      !isLookedAt(type) &&
      !isIntercomType(type) &&
      (state.phase === 'answered' || (direction === 'outgoing' && !isOver(state))),
  );
  for (const call of calls) {
    if (isWaiting(call) && !call.state.quiet)
      tones.add(isUrgent(call.type) ? 'alarm' : onThePhone ? 'waiting' : 'ringtone');
    const rings = call.direction === 'outgoing' && call.state.phase === 'ringing' && DIALLED.has(call.type);
    if (rings && !hasEarlyMedia(call)) tones.add('ringback');
  }
  return tones;
}

/** What a caller hears of a call that came to nothing; undefined where that says nothing. */
export function endingTone(call: SipCall, cause: CallCause): 'busy' | 'congestion' | undefined {
  const {direction, type, state} = call;
  if (direction !== 'outgoing' || !DIALLED.has(type) || state.answeredAt !== undefined) return undefined;
  if (cause.by === 'local' || QUIET.has(cause.code)) return undefined;
  return BUSY.has(cause.code) ? 'busy' : 'congestion';
}

function isOver({phase}: SipCall['state']): boolean {
  return phase === 'released';
}

/** Whether sound has come from the other side: a remote track is muted until then. */
function hasEarlyMedia(call: SipCall): boolean {
  return call.remoteStream?.getAudioTracks().some(({muted}) => !muted) ?? false;
}
