import type {SipCall} from '../../core/call/call.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import type {CallHealth, CallStall} from '../../core/types.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {floorText} from './floor-text.js';
import {nameOf} from './people/people.js';

/** Where the call stands, in a few words; why it is over, in a sentence. */
export function stateText(call: SipCall, localize: LocalizeController): string {
  const {phase, held, remoteHeld, cause, transfer} = call.state;
  if (phase === 'answered' && isIntercom(call)) return floorText(call, localize);
  const name = nameOf(call.remote, localize);
  if (call.watched && phase === 'answered') return localize.term('watchesYou', name);
  if (phase === 'answered') return localize.term(held ? 'held' : remoteHeld ? 'remoteHeld' : 'connected');
  if (phase !== 'released') {
    if (call.direction === 'incoming') return localize.term(incomingTerm(call));
    return localize.term(phase === 'ringing' ? 'ringing' : 'calling');
  }
  if (transfer?.phase === 'completed') return localize.term('transferred', nameOf(transfer.target, localize));
  if (!cause || cause.code === 'normal') return localize.term(cause?.by === 'local' ? 'endedByYou' : 'ended');
  if (cause.by === 'local' && cause.code === 'declined') return localize.term('declinedByYou');
  if (cause.by === 'local' && cause.code === 'cancelled') return localize.term('endedByYou');
  return localize.describe({subject: name, ...cause, code: cause.code});
}

/** What kind of call it is that rings. */
export function incomingTerm(
  call: SipCall,
): 'urgentCall' | 'sosCall' | 'incomingIntercom' | 'wantsToWatch' | 'incomingVideo' | 'incomingAudio' {
  if (call.type === 'sos') return 'sosCall';
  if (call.type === 'urgent') return 'urgentCall';
  if (isIntercom(call)) return 'incomingIntercom';
  if (call.watched) return 'wantsToWatch';
  return call.media === 'video' ? 'incomingVideo' : 'incomingAudio';
}

/** What the connection's health means to a person; nothing while it is well. */
export function healthText(health: CallHealth, localize: LocalizeController): string | undefined {
  if (health === 'healthy' || health === 'restored') return undefined;
  return localize.term(health);
}

/** What the sign of a recording says. */
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

/** What does not arrive, why, and what to do. Its texts come with what shows the quality, by which it is found out. */
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
  return `${localize.term(what)} ${why}`;
}
