import type {SipCall} from './call.js';
import {showsCamera} from './take-place.js';
import type {DialogIdentity} from '../server/dialog.js';
import type {CallMedia, CallType, Party} from '../types.js';

/** An answered call as a page leaves it to the next one. Plain data without secrets. */
export interface KeptCall {
  readonly id: string;
  readonly type: CallType;
  readonly typeNumber: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly media: CallMedia;
  readonly dialog: DialogIdentity;
  /** When it began, and when it was answered, in milliseconds since the epoch. */
  readonly began: number;
  readonly answeredAt: number;
  /** Whether it is the call that the controls act on. */
  readonly current: boolean;
  readonly muted: boolean;
  readonly held: boolean;
  /** Whether it has video, and which devices of this side are on. */
  readonly video: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly recording: boolean;
}

/** The types that the next page can continue: calls of two people. */
const KEPT: ReadonlySet<CallType> = new Set(['single', 'urgent', 'sos']);

/** Returns what the next page needs to continue the call; undefined if it cannot. */
export function keptOf(call: SipCall, began: number, current: boolean): KeptCall | undefined {
  const {id, type, typeNumber, direction, remote, media, state, identity: dialog} = call;
  const {phase, answeredAt, muted, held, recording, recordingPaused} = state;
  // Its other side has not taken part yet in continuing it.
  if (call.continued && phase === 'answered') return {...call.continued, current};
  if (phase !== 'answered' || answeredAt === undefined || !dialog || !KEPT.has(type)) return undefined;
  const {localStream, remoteStream} = call;
  return {
    ...{id, type, typeNumber, direction, remote, media, dialog, began, answeredAt, current, muted, held},
    video: [localStream, remoteStream].some((stream) => stream && stream.getVideoTracks().length > 0),
    microphone: (localStream?.getAudioTracks().length ?? 0) > 0,
    camera: showsCamera(call),
    recording: recording && !recordingPaused,
  };
}
