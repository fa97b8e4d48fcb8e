import type {StateEventMap} from '../util/state-target.js';
import type {DeviceKind} from '../../media/devices/device-choice.js';

export type {AudioProcessing, DeviceKind, TrackProcessor} from '../../media/devices/device-choice.js';

/** A device that a person can choose. Every output is listed twice, as speaker and as ringer. */
export interface SipDevice {
  readonly kind: DeviceKind;
  /** Empty, like the label, until the page has been given access. */
  readonly id: string;
  readonly label: string;
}

/** What is known of the devices, and what is chosen. */
export interface DevicesState {
  /** The devices, in the browser's order; empty before the first `list()`. */
  readonly devices: readonly SipDevice[];
  /**
   * The id of what is in use of each kind: empty for the system's own choice, `user` or `environment` for a camera by
   * where it looks.
   */
  readonly selected: Readonly<Record<DeviceKind, string>>;
  /** The label of what was chosen and is not connected: the system's choice is used until it is. Empty otherwise. */
  readonly absent: Readonly<Record<DeviceKind, string>>;
  /** How loud the ringtone is, 0–1; undefined where nobody has chosen and the page decides. */
  readonly ringVolume: number | undefined;
  /** Whether the browser keeps ids and labels back: `requestAccess()` asks for them. */
  readonly hidden: boolean;
}

/** Another device is in use. */
export interface DeviceChange {
  readonly kind: DeviceKind;
  /** What is used now; undefined for the system's own choice. */
  readonly device: SipDevice | undefined;
  /**
   * Why: somebody chose it, the one before was unplugged, it was plugged in again, or the system has another default.
   */
  readonly reason: 'selected' | 'unplugged' | 'returned' | 'system';
}

/** The events of `SipDevices`. */
export interface DevicesEventMap extends StateEventMap {
  devicechange: CustomEvent<DeviceChange>;
}

/** What sound comes out of: a media element, or an `AudioContext` where the browser can direct one. */
export interface SoundSink {
  readonly sinkId?: unknown;
  setSinkId?(id: string): Promise<unknown>;
}

/** Every kind, in the order in which they are shown. */
export const DEVICE_KINDS: readonly DeviceKind[] = ['microphone', 'camera', 'speaker', 'ringer'];

const NONE = Object.freeze({microphone: '', camera: '', speaker: '', ringer: ''});

/** What is known before anything was asked. */
export const NO_DEVICES: DevicesState = Object.freeze({
  devices: Object.freeze([]),
  selected: NONE,
  absent: NONE,
  ringVolume: undefined,
  hidden: false,
});
