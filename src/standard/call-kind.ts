import type {DialPatterns} from '../core/client/dial-patterns.js';
import type {CallMedia, CallType, MediaKinds} from '../core/types.js';

/** The purpose of a call, with the other profile's name and number (docs/protocol/numbers.md#call-types). */
export interface CallKind {
  readonly type: CallType;
  readonly typeNumber: number;
}

/** No media: no device is opened. */
export const NOTHING: MediaKinds = Object.freeze({audio: false, video: false});

/** A two-party call. */
export const SINGLE: CallKind = {type: 'single', typeNumber: 1};

/** A conference, or a room. */
export const CONFERENCE: CallKind = {type: 'conference', typeNumber: 5};

/** Calls placed by a dial pattern, and their media. */
export const BY_PATTERN = {
  monitor: {type: 'monitor', typeNumber: 14, pattern: 'monitorUri', media: 'video'},
  'listen-in': {type: 'listen-in', typeNumber: 8, pattern: 'listenInUri', media: 'audio'},
  'barge-in': {type: 'barge-in', typeNumber: 6, pattern: 'bargeInUri', media: 'audio'},
} as const satisfies Readonly<
  Record<string, CallKind & {readonly pattern: keyof DialPatterns; readonly media: CallMedia}>
>;
