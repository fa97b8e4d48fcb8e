import type {CallType, MediaKinds} from './types.js';

/** Session types that are separate from conversations and take no line of the phone. */
const APART: ReadonlySet<CallType> = new Set([
  'monitor',
  'member-video',
  'listen-in',
  'intercom',
  'temporary-intercom',
]);

/** Calls that are only watched, perhaps all day: they do not make the line busy. */
const LOOKED_AT: ReadonlySet<CallType> = new Set(['monitor', 'member-video']);

const NOTHING: MediaKinds = Object.freeze({audio: false, video: false});

/** The devices of calls in which this side sends less than it receives, whatever the server would accept. */
const DEVICES: Readonly<Partial<Record<CallType, MediaKinds>>> = Object.freeze({
  monitor: NOTHING,
  'member-video': NOTHING,
  'listen-in': NOTHING,
  'barge-in': Object.freeze({audio: true, video: false}),
});

/** Whether a call of the type takes a line. One line is active at a time. */
export function isLine(type: CallType): boolean {
  return !APART.has(type);
}

/** Whether a call of the type shows a camera, in either direction: it does not make the line busy. */
export function isLookedAt(type: CallType): boolean {
  return LOOKED_AT.has(type);
}

/** Whether the type is an intercom, which begins muted. */
export function isIntercomType(type: CallType): boolean {
  return type === 'intercom' || type === 'temporary-intercom';
}

/** Whether a call of the type is urgent: it rings louder and immediately, despite other calls and “do not disturb”. */
export function isUrgent(type: CallType): boolean {
  return type === 'urgent' || type === 'sos';
}

/** Whether a call of the type has one other side, who speaks for itself. */
export function isOfTwo(type: CallType): boolean {
  return type === 'single' || isUrgent(type);
}

/** Returns the devices that an outgoing call of the type needs, if they are fewer than what it receives. */
export function devicesOf(type: CallType): MediaKinds | undefined {
  return DEVICES[type];
}
