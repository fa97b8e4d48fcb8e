import type {StateEventMap} from '../util/state-target.js';
import type {DeviceKind} from '../../media/devices/device-choice.js';

export type {
  AudioProcessing,
  DeviceKind,
  OutputKind,
  TrackProcessor,
} from '../../media/devices/device-choice.js';

/** A device that the user can choose. Every output is listed once as `speaker`, `unselected` and `ringer`. */
export interface SipDevice {
  readonly kind: DeviceKind;
  /** Empty, like the label, until the user has given the page access. */
  readonly id: string;
  readonly label: string;
  /** The direction of a camera, if the browser reports it: `user` for a front camera, `environment` for a back camera. */
  readonly facing?: 'user' | 'environment';
}

/** The known devices and the user's choice. */
export interface DevicesState {
  /** The devices, in the browser's order; empty before the first `list()`. */
  readonly devices: readonly SipDevice[];
  /**
   * The id of the device in use of each kind: empty for the system's default, and for `unselected` if it is the speaker;
   * `user` or `environment` for a camera by its facing mode.
   */
  readonly selected: Readonly<Record<DeviceKind, string>>;
  /** The label of a chosen device that is not connected: the system's default is used until it is. Empty otherwise. */
  readonly absent: Readonly<Record<DeviceKind, string>>;
  /** The volume of the ringtone, 0–1; undefined if the user has chosen none and the page decides. */
  readonly ringVolume: number | undefined;
  /** The volume of calls, 0–1; undefined if the user has chosen none: then elements keep the volume that they have. */
  readonly callVolume: number | undefined;
  /** Whether the browser hides ids and labels: `requestAccess()` asks the user for them. */
  readonly hidden: boolean;
}

/** Another device is in use. */
export interface DeviceChange {
  readonly kind: DeviceKind;
  /** The device in use now; undefined for the system's default. */
  readonly device: SipDevice | undefined;
  /**
   * Why: the user chose it, the previous one was unplugged, it was plugged in again, or the system's default changed.
   */
  readonly reason: 'selected' | 'unplugged' | 'returned' | 'system';
}

/** The events of `SipDevices`. */
export interface DevicesEventMap extends StateEventMap {
  devicechange: CustomEvent<DeviceChange>;
}

/** A sound output: a media element, or an `AudioContext` if the browser can route one. */
export interface SoundSink {
  readonly sinkId?: unknown;
  setSinkId?: ((id: string) => Promise<unknown>) | undefined;
  volume?: number;
}

/** All kinds, in the order in which they are shown. */
export const DEVICE_KINDS: readonly DeviceKind[] = [
  'microphone',
  'camera',
  'speaker',
  'unselected',
  'ringer',
];

const NONE = Object.freeze({microphone: '', camera: '', speaker: '', unselected: '', ringer: ''});

/** The state before any query. */
export const NO_DEVICES: DevicesState = Object.freeze({
  devices: Object.freeze([]),
  selected: NONE,
  absent: NONE,
  ringVolume: undefined,
  callVolume: undefined,
  hidden: false,
});

/** Returns a volume clamped to 0–1; 1 if it is not a number. */
export function normalizeVolume(volume: number | undefined): number {
  return Number.isFinite(volume) ? Math.min(1, Math.max(0, volume!)) : 1;
}
