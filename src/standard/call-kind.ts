import type {DialPatterns} from '../core/client/dial-patterns.js';
import type {CallMedia, CallType, MediaKinds} from '../core/types.js';

/** What a call is for, as the other profile names and numbers it (protocol page §6). */
export interface CallKind {
  readonly type: CallType;
  readonly typeNumber: number;
}

/** No media at all: no device is opened for them. */
export const NOTHING: MediaKinds = Object.freeze({audio: false, video: false});

/** A call of two. */
export const SINGLE: CallKind = {type: 'single', typeNumber: 1};

/** A conference, or a room. */
export const CONFERENCE: CallKind = {type: 'conference', typeNumber: 5};

/** Calls that are placed by a pattern, and what they carry. */
export const BY_PATTERN = {
  monitor: {type: 'monitor', typeNumber: 14, pattern: 'monitorUri', media: 'video'},
  'listen-in': {type: 'listen-in', typeNumber: 8, pattern: 'listenInUri', media: 'audio'},
  'barge-in': {type: 'barge-in', typeNumber: 6, pattern: 'bargeInUri', media: 'audio'},
} as const satisfies Readonly<
  Record<string, CallKind & {readonly pattern: keyof DialPatterns; readonly media: CallMedia}>
>;
