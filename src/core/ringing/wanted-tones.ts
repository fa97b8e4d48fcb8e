import type {ToneName} from '../../media/audio/tones.js';
import {isIntercomType, isLookedAt, isUrgent} from '../call-kinds.js';
import type {SipCall} from '../call/call.js';
import {isWaiting} from '../call/newest-call.js';
import type {CallCause, CallType} from '../types.js';

/** Calls that a callee has to answer. */
const DIALLED: ReadonlySet<CallType> = new Set(['single', 'urgent', 'sos', 'other']);

/** Causes for which the caller hears no tone. */
const QUIET: ReadonlySet<CallCause['code']> = new Set([
  'normal',
  'cancelled',
  'aborted',
  'answered-elsewhere',
  'kicked-out',
]);

/** Causes for which the caller hears the busy tone: the callee was available. */
const BUSY: ReadonlySet<CallCause['code']> = new Set(['busy', 'declined', 'call-refused']);

/**
 * Returns the tones to play for the calls. An incoming call rings, or plays the call waiting tone during another call;
 * an urgent one always plays the alarm. An outgoing call that rings plays the ringback tone, unless the other side
 * sends early media (RFC 3960 §3.2).
 */
export function wantedTones(calls: readonly SipCall[]): Set<ToneName> {
  const tones = new Set<ToneName>();
  const onThePhone = calls.some(
    ({state, direction, type}) =>
      // An intercom may be connected all day: it does not make the user busy.
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

/** Returns the tone after a failed outgoing call; undefined if there is none. */
export function endingTone(call: SipCall, cause: CallCause): 'busy' | 'congestion' | undefined {
  const {direction, type, state} = call;
  if (direction !== 'outgoing' || !DIALLED.has(type) || state.answeredAt !== undefined) return undefined;
  if (cause.by === 'local' || QUIET.has(cause.code)) return undefined;
  return BUSY.has(cause.code) ? 'busy' : 'congestion';
}

function isOver({phase}: SipCall['state']): boolean {
  return phase === 'released';
}

/** Whether the other side has sent sound: a remote track is muted until then. */
function hasEarlyMedia(call: SipCall): boolean {
  return call.remoteStream?.getAudioTracks().some(({muted}) => !muted) ?? false;
}
