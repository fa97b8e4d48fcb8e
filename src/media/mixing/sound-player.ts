import {mediaDurations} from '../../durations/media.js';
import {letSend} from '../audio/running-context.js';

/** The duration of fading in and out, in seconds: the sound would click otherwise. */
const FADE = 0.01;

/** How often the position is reported, in milliseconds. */
const PACE = 200;

/** How a sound plays. */
export interface SoundOptions {
  /** Whether it repeats. */
  readonly loop: boolean;
  /** Called when it has reached its end. */
  readonly onEnd: () => void;
}

/** A sound that a player plays once. */
export interface Sound {
  /** In seconds; undefined if it is not known. */
  readonly duration: number | undefined;
  /** In seconds, from the beginning. */
  readonly position: number;
  /** Prepares to play into a node. Returns whether the browser allows that: it may wait for a gesture. */
  connect(target: AudioNode, options: SoundOptions): Promise<boolean>;
  /** Plays on from the position. */
  play(): void;
  /** Stops after so many seconds and keeps the position. */
  pause(delay: number): void;
  /** Releases what it holds; idempotent. */
  close(): void;
}

/** Options of a player. */
export interface SoundPlayerOptions extends SoundOptions {
  /** Called several times a second while the sound plays. */
  readonly onProgress: () => void;
}

/** Plays a sound into a track instead of a loudspeaker. */
export class SoundPlayer {
  readonly #context = new AudioContext();
  readonly #target = this.#context.createMediaStreamDestination();
  readonly #gain = new GainNode(this.#context, {gain: 0});
  readonly #sound: Sound;
  readonly #options: SoundPlayerOptions;
  /** Runs while the sound plays. */
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(sound: Sound, options: SoundPlayerOptions) {
    this.#sound = sound;
    this.#options = options;
    this.#gain.connect(this.#target);
  }

  /** The track: silence while nothing plays. */
  get track(): MediaStreamTrack {
    return this.#target.stream.getAudioTracks()[0]!;
  }

  /** In seconds; undefined if it is not known. */
  get duration(): number | undefined {
    return this.#sound.duration;
  }

  /** In seconds, from the beginning of the sound. */
  get position(): number {
    return this.#sound.position;
  }

  /**
   * Prepares to play. Returns whether the browser allows that in time: it may wait for a gesture.
   *
   * @throws {SipError} `sound-unsupported`
   */
  async prepare(): Promise<boolean> {
    const {loop, onEnd} = this.#options;
    const ended = (): void => {
      this.#rest();
      onEnd();
    };
    return (
      (await letSend(this.#target, mediaDurations.mixerStart)) &&
      (await this.#sound.connect(this.#gain, {loop, onEnd: ended}))
    );
  }

  /** Plays on from the current position; does nothing if the sound plays. */
  play(): void {
    if (this.#timer !== undefined || this.#context.state === 'closed') return;
    this.#fade(1);
    this.#sound.play();
    this.#timer = setInterval(this.#options.onProgress, PACE);
  }

  /** Falls silent and keeps the position; does nothing if nothing plays. */
  pause(): void {
    if (this.#timer === undefined) return;
    this.#rest();
    this.#fade(0);
    this.#sound.pause(FADE);
  }

  /** Ends the sound and its track; idempotent. */
  close(): void {
    this.#rest();
    this.track.stop();
    this.#sound.close();
    if (this.#context.state !== 'closed') void this.#context.close();
  }

  #fade(to: number): void {
    const {gain} = this.#gain;
    const {currentTime} = this.#context;
    gain.cancelScheduledValues(currentTime);
    gain.setValueAtTime(gain.value, currentTime);
    gain.linearRampToValueAtTime(to, currentTime + FADE);
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
