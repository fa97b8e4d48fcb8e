/** The devices that a person chooses between: two that are opened, two that sound comes out of. */
export type DeviceKind = 'microphone' | 'camera' | 'speaker' | 'ringer';

/** The devices that are opened. */
export type InputKind = 'microphone' | 'camera';

/** Which device to open at this moment. */
export interface WantedDevice {
  /** The same for the same device: what was opened for another key is to be exchanged. */
  readonly key: string;
  readonly constraints: MediaTrackConstraints;
  /** A certain device was chosen and is not there: this is the next best one. */
  readonly absent: boolean;
}

/** Something that uses the chosen devices while it lives. */
export interface DeviceFollower {
  /**
   * Goes over to what is wanted of the kind; does nothing where it uses that already, or nothing of the kind.
   *
   * @throws {SipError} Why it cannot; what was in use goes on.
   */
  apply(kind: DeviceKind): Promise<void>;
}

/** The choice of devices, as those see it that open them. */
export interface DeviceChoice {
  wanted(kind: InputKind): Promise<WantedDevice>;
  /** Asks the browser again which devices there are; followers are told where that changes what is wanted. */
  refresh(): Promise<void>;
  /** Tells the follower of changes, until the function that it gives is called. */
  follow(follower: DeviceFollower): () => void;
}

/** What the browser does with the sound of a microphone; each is done by default. */
export interface AudioProcessing {
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
}

/**
 * Makes the track that is sent of a device's: a page's own noise suppression, a blurred background.
 *
 * The device's track is always closed by whoever opened it, and the track that is given back is stopped as well; the
 * signal is aborted at that moment, for the processor to let go of what it made itself (an `AudioContext`, a worker).
 * Where it throws, gives no live track of the kind, or takes longer than three seconds, the device's own track is sent
 * and the call says so by its warning `processing-failed`.
 */
export type TrackProcessor = (
  track: MediaStreamTrack,
  options: {readonly signal: AbortSignal},
) => MediaStreamTrack | Promise<MediaStreamTrack>;

/** How devices are opened. */
export interface InputSettings {
  /** The system's devices without it. */
  readonly choice?: DeviceChoice | undefined;
  readonly audio?: AudioProcessing | undefined;
  readonly processAudio?: TrackProcessor | undefined;
  readonly processVideo?: TrackProcessor | undefined;
  /** Told of what failed while the call goes on, as a processor. */
  readonly onFailure?: ((text: string) => void) | undefined;
}
