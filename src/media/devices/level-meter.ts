import {mediaDurations} from '../../durations/media.js';
import {letRun} from '../audio/running-context.js';

/** Measures the level of an audio track. */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples = new Float32Array(this.#analyser.fftSize);
  /** The track that is measured. */
  readonly track: MediaStreamTrack;

  /** @param track - Its owner stops it. */
  constructor(track: MediaStreamTrack) {
    this.track = track;
    // A measured track must not be played: nothing is connected to the output.
    this.#context.createMediaStreamSource(new MediaStream([track])).connect(this.#analyser);
    // The context may have to wait for the page's first gesture.
    void letRun(this.#context, mediaDurations.mixerStart);
  }

  /** The root mean square of the last 40 ms or so, 0–1. */
  get level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const sum = this.#samples.reduce((total, sample) => total + sample * sample, 0);
    return Math.min(1, Math.sqrt(sum / this.#samples.length));
  }

  /** Ends the measurement; idempotent. */
  close(): void {
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}
