import {durations} from '../../durations.js';
import {letSend} from '../audio/running-context.js';

/** The duration of fading in and out, in seconds: the sound would click otherwise. */
const FADE = 0.01;

/** How often the position is reported, in milliseconds. */
const PACE = 200;

/** Options of a player. */
export interface SoundPlayerOptions {
  /** Whether the sound repeats. */
  readonly loop: boolean;
  /** Called several times a second while the sound plays. */
  readonly onProgress: () => void;
  /** Called when the sound has reached its end. */
  readonly onEnd: () => void;
}

/** Plays a sound into a track instead of a loudspeaker. */
export class SoundPlayer {
  readonly #context = new AudioContext();
  readonly #target = this.#context.createMediaStreamDestination();
  readonly #buffer: AudioBuffer;
  readonly #options: SoundPlayerOptions;
  #playing:
    {readonly source: AudioBufferSourceNode; readonly gain: GainNode; readonly since: number} | undefined;
  /** The position at which the sound continues, in seconds. */
  #offset = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(buffer: AudioBuffer, options: SoundPlayerOptions) {
    this.#buffer = buffer;
    this.#options = options;
  }

  /** The track: silence while nothing plays. */
  get track(): MediaStreamTrack {
    return this.#target.stream.getAudioTracks()[0]!;
  }

  /** In seconds. */
  get duration(): number {
    return this.#buffer.duration;
  }

  /** In seconds, from the beginning of the sound. */
  get position(): number {
    const {duration} = this;
    const position = this.#offset + (this.#playing ? this.#context.currentTime - this.#playing.since : 0);
    return this.#options.loop ? position % duration : Math.min(position, duration);
  }

  /** Prepares to play. Returns whether the browser allows that in time: it may wait for a gesture. */
  async prepare(): Promise<boolean> {
    return letSend(this.#target, durations.mixerStart);
  }

  /** Plays on from the current position; does nothing if the sound plays. */
  play(): void {
    if (this.#playing || this.#context.state === 'closed') return;
    const since = this.#context.currentTime;
    const source = new AudioBufferSourceNode(this.#context, {
      buffer: this.#buffer,
      loop: this.#options.loop,
    });
    const gain = new GainNode(this.#context, {gain: 0});
    gain.gain.linearRampToValueAtTime(1, since + FADE);
    source.connect(gain).connect(this.#target);
    const playing = (this.#playing = {source, gain, since});
    source.onended = () => {
      gain.disconnect();
      if (this.#playing !== playing) return;
      this.#rest();
      this.#options.onEnd();
    };
    source.start(0, this.#offset);
    this.#timer = setInterval(this.#options.onProgress, PACE);
  }

  /** Falls silent and keeps the position; does nothing if nothing plays. */
  pause(): void {
    const playing = this.#playing;
    if (!playing) return;
    this.#rest();
    const {currentTime} = this.#context;
    playing.gain.gain.cancelScheduledValues(currentTime);
    playing.gain.gain.setValueAtTime(playing.gain.gain.value, currentTime);
    playing.gain.gain.linearRampToValueAtTime(0, currentTime + FADE);
    playing.source.stop(currentTime + FADE);
  }

  /** Ends the sound and its track; idempotent. */
  close(): void {
    this.#rest();
    this.track.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#offset = this.position;
    this.#playing = undefined;
  }
}
