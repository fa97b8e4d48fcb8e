/** What an effect changes: the picture around the user, or the noise around them. */
export type EffectName = 'background' | 'noise-suppression';

/** One of the things that an effect does. */
export interface EffectChoice {
  /** Identifies the choice; it is stored. */
  readonly id: string;
  /** The name that the user sees, as plain text; elements name `blur` and `on` themselves. */
  readonly label?: string | undefined;
}

/** What an effect is run with. */
export interface EffectOptions {
  /** The id of the user's choice. */
  readonly choice: string;
  /** Aborted when the track is no longer needed: nothing of the effect may run then. */
  readonly signal: AbortSignal;
}

/** Something that a page offers to do with the sound of a microphone or the picture of a camera. */
export interface DeviceEffect {
  readonly name: EffectName;
  readonly kind: 'microphone' | 'camera';
  /** What the user can choose, besides nothing. */
  readonly choices: readonly EffectChoice[];
  /** Whether nothing is sent if it fails; otherwise the device's own track is sent. */
  readonly required: boolean;
  /** Loads what it needs, when the user chooses it. Rejects if it cannot run here. */
  prepare(choice: string): Promise<void>;
  /**
   * Returns the track to send. A track that it ends, with the event `ended`, is made again from the device; if that fails as
   * well, the device is lost.
   */
  process(track: MediaStreamTrack, options: EffectOptions): Promise<MediaStreamTrack>;
}

/** An effect with the user's choice. */
export interface ChosenEffect {
  readonly effect: DeviceEffect;
  readonly choice: string;
  /** Whether the user is choosing just now: if it fails, all stays as it was. */
  readonly isTried: boolean;
}
