import type {SipCall} from './call.js';
import type {Continued} from './call-init.js';
import {showsCamera} from './take-place.js';
import type {DialogIdentity} from '../server/dialog.js';
import type {CallMedia, CallType, Party} from '../types.js';

/** An answered call as a page leaves it to the next one. Plain data without secrets. */
export interface KeptCall extends Continued {
  readonly id: string;
  readonly type: CallType;
  readonly typeNumber: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly media: CallMedia;
  readonly dialog: DialogIdentity;
  readonly muted: boolean;
  readonly held: boolean;
  /** Whether it has video, and whether this side's camera is on. */
  readonly video: boolean;
  readonly camera: boolean;
  readonly recording: boolean;
}

/** The types that the next page can continue: calls of two people. */
const KEPT: ReadonlySet<CallType> = new Set(['single', 'urgent', 'sos']);

/** Whether the next page can continue calls of the type. */
export function isKept(type: CallType): boolean {
  return KEPT.has(type);
}

/** Returns what the next page needs to continue the call; undefined if it cannot. */
export function keptOf(call: SipCall, began: number, current: boolean): KeptCall | undefined {
  const {id, type, typeNumber, direction, remote, media, state, identity: dialog} = call;
  const {phase, answeredAt, muted, held, recording} = state;
  if (phase !== 'answered' || answeredAt === undefined || !dialog || !isKept(type)) return undefined;
  const video = state.media.video !== 'inactive';
  const kept = {id, type, typeNumber, direction, remote, media, dialog, began, answeredAt, current};
  return {...kept, muted, held, video, camera: showsCamera(call), recording};
}
