import {MixingContext} from './mixing-context.js';
import {usePerTrack} from './per-track.js';
import {addSilence, letRun} from './running-context.js';

/** Mixes tracks into one that stays the same while they come and go. */
export class SoundMixer {
  readonly #mixing = MixingContext.enter();
  readonly #target = this.#mixing.context.createMediaStreamDestination();
  readonly #silence = addSilence(this.#target);
  /** How each track is disconnected. */
  readonly #voices = new Map<MediaStreamTrack, () => void>();
  #stopped = false;

  /** The mix: silence if nothing is mixed. */
  get track(): MediaStreamTrack {
    return this.#target.stream.getAudioTracks()[0]!;
  }

  /** The node that other sources can be connected to. */
  get target(): AudioNode {
    return this.#target;
  }

  /**
   * Begins to mix. Returns whether the browser allows that in time: it may wait for a gesture.
   *
   * @param patience - In milliseconds.
   */
  async run(patience: number): Promise<boolean> {
    return letRun(this.#mixing.context, patience);
  }

  /** Mixes exactly these tracks from now on. */
  use(tracks: readonly MediaStreamTrack[]): void {
    usePerTrack(this.#voices, tracks, {
      begin: (track) => this.#mixing.connect(track, this.#target),
      end: (disconnect) => disconnect(),
    });
  }

  /** Ends the mix and its track; idempotent. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.use([]);
    this.track.stop();
    this.#silence.stop();
    this.#silence.disconnect();
    this.#mixing.leave();
  }
}
