import type {SipCall} from '../../../core/call/call.js';
import {isSound} from '../../../core/call/call-state.js';
import {isIntercom} from '../../../core/intercom/is-intercom.js';
import type {CallStall} from '../../../core/types.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {floorText} from '../talk/floor-text.js';
import {isHeld} from './call-picture.js';
import {nameOf} from '../people/people.js';

/** What texts about a call need, of this tab or of another one. */
export type ToldCall = Pick<
  SipCall,
  'type' | 'direction' | 'remote' | 'media' | 'watched' | 'duration' | 'state' | 'identify'
>;

/** Returns the state of a call in a few words; for an ended call, the reason as a sentence. */
export function stateText(call: ToldCall, localize: LocalizeController): string {
  const {phase, held, remoteHeld, cause, transfer} = call.state;
  if (phase === 'answered' && isIntercom(call)) return floorText(call, localize);
  const name = nameOf(call.remote, localize);
  if (call.watched && phase === 'answered') return localize.term('watchesYou', name);
  if (phase === 'answered' && !held && call.type === 'listen-in') return localize.term('listeningIn');
  if (phase === 'answered' && !held && call.type === 'barge-in') return localize.term('bargedIn');
  if (phase === 'answered') return localize.term(held ? 'held' : remoteHeld ? 'remoteHeld' : kindOf(call));
  if (phase !== 'released') {
    if (call.direction === 'incoming') return localize.term(incomingTerm(call));
    return localize.term(phase === 'ringing' ? 'ringing' : 'calling');
  }
  if (transfer?.phase === 'completed')
    return localize.term('transferred', nameOf(call.identify(transfer.target), localize));
  const [ended, endedByYou] = ENDS[call.duration === undefined ? 'call' : groupOf(call)];
  if (!cause) return localize.term(ended);
  const byYou = cause.by === 'local';
  if (cause.code === 'normal') return localize.term(byYou ? endedByYou : ended);
  if (byYou && cause.code === 'declined') return localize.term('declinedByYou');
  if (byYou && cause.code === 'cancelled') return localize.term(endedByYou);
  // Only a selection, which has loaded the words, skips calls.
  if (byYou && cause.code === 'aborted' && localize.exists('skippedByYou', {includeFallback: true}))
    return localize.term('skippedByYou');
  // It was this side that did not answer.
  if (call.direction === 'incoming' && cause.code === 'no-answer') return localize.term('missed');
  return localize.describe({subject: name, ...cause, code: cause.code});
}

const ENDS = {
  call: ['ended', 'endedByYou'],
  conference: ['conferenceEnded', 'conferenceLeft'],
  broadcast: ['broadcastEnded', 'broadcastLeft'],
} as const;

/** Returns the term for a call that is connected: a call of many says what it is. */
function kindOf({type}: ToldCall): 'conference' | 'broadcast' | 'connected' {
  return type === 'conference' || type === 'broadcast' ? type : 'connected';
}

function groupOf({type}: ToldCall): keyof typeof ENDS {
  return type === 'conference' || type === 'broadcast' ? type : 'call';
}

/** Returns the term for the kind of an incoming call. */
export function incomingTerm(
  call: ToldCall,
):
  | 'urgentCall'
  | 'sosCall'
  | 'incomingIntercom'
  | 'incomingConference'
  | 'incomingBroadcast'
  | 'wantsToWatch'
  | 'incomingVideo'
  | 'incomingAudio' {
  if (call.type === 'sos') return 'sosCall';
  if (call.type === 'urgent') return 'urgentCall';
  if (isIntercom(call)) return 'incomingIntercom';
  if (call.type === 'conference') return 'incomingConference';
  if (call.type === 'broadcast') return 'incomingBroadcast';
  if (call.watched) return 'wantsToWatch';
  return call.media === 'video' ? 'incomingVideo' : 'incomingAudio';
}

/** Announces an incoming call: what it is and from whom, or who wants to see the camera. */
export function incomingText(call: SipCall, localize: LocalizeController): string {
  const kind = localize.term(incomingTerm(call));
  const name = nameOf(call.remote, localize);
  return call.watched ? localize.explained(name, kind) : localize.explained(kind, name);
}

/** Returns the term for the button that declines a call, or a request to see the camera. */
export function declineTerm({watched}: SipCall): 'decline' | 'refuse' {
  return watched ? 'refuse' : 'decline';
}

/** Returns the name of the button that calls the other party of an ended call. */
export function againText({direction}: Pick<SipCall, 'direction'>, localize: LocalizeController): string {
  return localize.term(direction === 'outgoing' ? 'callAgain' : 'callBack');
}

/** Describes what is wrong with a call's connection; undefined if nothing is, and after the call. */
export function troubleText({state}: ToldCall, localize: LocalizeController): string | undefined {
  const {phase, health} = state;
  return phase === 'released' || isSound(health) ? undefined : localize.term(health);
}

/** Describes the health of a call's connection; undefined while there is nothing to tell. */
export function healthText(call: SipCall, localize: LocalizeController): string | undefined {
  const restored = call.state.health === 'restored' && call.state.phase !== 'released' && !isHeld(call);
  return restored ? localize.term('restored') : troubleText(call, localize);
}

/** Returns the term for the recording sign. */
export function recordingTerm(
  call: SipCall | undefined,
): 'recordingOn' | 'recordingPaused' | 'recordingInMemory' {
  const {recordingPaused, recordingStorage} = call?.state ?? {};
  if (recordingPaused) return 'recordingPaused';
  return recordingStorage === 'memory' ? 'recordingInMemory' : 'recordingOn';
}

const CAUSES = {
  'no-relay': 'stalledNoRelay',
  'no-route': 'stalledNoRoute',
  disconnected: 'stalledDisconnected',
  encryption: 'stalledEncryption',
  lost: 'stalledLost',
  'not-sent': 'stalledNotSent',
  unknown: 'stalledUnknown',
} as const;

/**
 * Describes what does not arrive, why, and what to do. Its texts are loaded with the quality view, which detects the
 * stall.
 */
export function stallText(
  {media, cause, subject}: CallStall,
  localize: LocalizeController,
): string | undefined {
  const what = media === 'audio' ? 'noSoundArrives' : 'noPictureArrives';
  if (!localize.exists(what, {includeFallback: true})) return undefined;
  const why =
    cause === 'relay-refused' || cause === 'relay-unreachable'
      ? localize.describe({code: cause, subject})
      : localize.term(CAUSES[cause]);
  return localize.sentences([localize.term(what), why]);
}
