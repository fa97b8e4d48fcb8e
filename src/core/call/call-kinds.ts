import type {CallType, MediaKinds} from '../types.js';

/** What is watched, heard or spoken into beside a conversation: no line of a phone. */
const APART: ReadonlySet<CallType> = new Set([
  'monitor',
  'member-video',
  'listen-in',
  'intercom',
  'temporary-intercom',
]);

/** Calls that are looked at, perhaps all day long: nobody is on the phone for them. */
const LOOKED_AT: ReadonlySet<CallType> = new Set(['monitor', 'member-video']);

const NOTHING: MediaKinds = Object.freeze({audio: false, video: false});

/** What is opened for calls in which this side sends less than it receives, whatever the server would take. */
const DEVICES: Readonly<Partial<Record<CallType, MediaKinds>>> = Object.freeze({
  monitor: NOTHING,
  'member-video': NOTHING,
  'listen-in': NOTHING,
  'barge-in': Object.freeze({audio: true, video: false}),
});

/** Whether a call of the type takes one of the lines, of which one speaks at a time. */
export function isLine(type: CallType): boolean {
  return !APART.has(type);
}

/** Whether a call of the type is looked at, or is somebody's look at this side: nobody is on the phone for it. */
export function isLookedAt(type: CallType): boolean {
  return LOOKED_AT.has(type);
}

/** Whether calls of the type are intercoms: they begin silently. */
export function isIntercomType(type: CallType): boolean {
  return type === 'intercom' || type === 'temporary-intercom';
}

/** Whether a call of the type rings through: louder, at once, and whoever is busy or does not want to be disturbed. */
export function isUrgent(type: CallType): boolean {
  return type === 'urgent' || type === 'sos';
}

/** The devices that an own call of the type needs, where those are fewer than what it receives. */
export function devicesOf(type: CallType): MediaKinds | undefined {
  return DEVICES[type];
}
