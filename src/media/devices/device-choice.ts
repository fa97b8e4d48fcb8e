import type {AudioQuality, VideoQuality} from '../types.js';
import type {ChosenEffect} from './device-effect.js';

/**
 * What a device is used for. `speaker` is where calls are heard, such as a headset, and `unselected` the loudspeaker of
 * calls that the user only listens to.
 */
export type DeviceKind = 'microphone' | 'camera' | OutputKind;

/** The output devices. */
export type OutputKind = 'speaker' | 'unselected' | 'ringer';

/** The input devices. */
export type InputKind = 'microphone' | 'camera';

/** The device to open now. */
export interface WantedDevice {
  /** Identifies the device: a device that was opened for another key must be replaced. */
  readonly key: string;
  readonly constraints: MediaTrackConstraints;
  /** Whether a chosen device is missing and this one replaces it. */
  readonly absent: boolean;
}

/** Something that uses the chosen devices while it exists. */
export interface DeviceFollower {
  /**
   * Switches to the wanted device of the kind; does nothing if that is in use already, or no device of the kind is in
   * use.
   *
   * @throws {SipError} Why it cannot switch; the device in use stays open.
   */
  apply(kind: DeviceKind): Promise<void>;
}

/** The choice of devices, as seen by the code that opens them. */
export interface DeviceChoice {
  wanted(kind: InputKind): Promise<WantedDevice>;
  /** Asks the browser again for its devices; notifies followers if the wanted device changes. */
  refresh(): Promise<void>;
  /** Notifies the follower of changes until the returned function is called. */
  follow(follower: DeviceFollower): () => void;
  /** The effect that the user has chosen for the devices of a kind. */
  effect?(kind: InputKind): Promise<ChosenEffect | undefined>;
}

/** The browser's processing of microphone audio; each is on by default. */
export interface AudioProcessing {
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
}

/**
 * Makes the track that is sent from a device's track: a page's own noise suppression, a blurred background.
 *
 * The code that opened the device always closes its track and stops the returned track; the signal is aborted at that
 * moment, so that the processor can release its own resources (an `AudioContext`, a worker).
 * If the processor throws, returns no live track of the kind, or takes longer than three seconds, the device's own
 * track is sent and the call has the warning `processing-failed`.
 */
export type TrackProcessor = (
  track: MediaStreamTrack,
  options: {readonly signal: AbortSignal},
) => MediaStreamTrack | Promise<MediaStreamTrack>;

/** How devices are opened. */
export interface InputSettings {
  /** If omitted, the system's default devices are used. */
  readonly choice?: DeviceChoice | undefined;
  readonly audio?: (AudioProcessing & AudioQuality) | undefined;
  readonly video?: VideoQuality | undefined;
  readonly processAudio?: TrackProcessor | undefined;
  readonly processVideo?: TrackProcessor | undefined;
  /** Called with the description of a failure that does not end the call, such as that of a processor. */
  readonly onFailure?: ((text: string) => void) | undefined;
}
