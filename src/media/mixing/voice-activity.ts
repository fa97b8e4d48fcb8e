import {mediaDurations} from '../../durations/media.js';
import {audioClock} from '../audio/audio-clock.js';
import {usePerTrack} from '../audio/per-track.js';
import {letRun} from '../audio/running-context.js';

/** Between two measurements, in seconds: about as long as the sound that one of them measures. */
const INTERVAL = 0.05;

/** From when on a voice counts as speaking, and for how long after its last sound. */
export interface VoiceActivityOptions {
  /** The root mean square, 0–1. */
  readonly threshold: number;
  /** In milliseconds. */
  readonly hangTime: number;
}

/** A track that is measured. */
interface Voice {
  readonly source: MediaStreamAudioSourceNode;
  readonly analyser: AnalyserNode;
  /** Whether the last measurement was loud. */
  loud: boolean;
  /** Until when it counts as speaking, by the context's clock. */
  speaksUntil: number;
}

/** Reports which of several tracks carry speech. Also works in a hidden page. */
export class VoiceActivity {
  readonly #options: VoiceActivityOptions;
  readonly #onChange: () => void;
  readonly #context = new AudioContext();
  readonly #target = this.#context.createMediaStreamDestination();
  readonly #voices = new Map<MediaStreamTrack, Voice>();
  readonly #samples = new Float32Array(2048);
  #stopClock: (() => void) | undefined;

  /** @param onChange - Called after each measurement. */
  constructor(options: VoiceActivityOptions, onChange: () => void) {
    this.#options = options;
    this.#onChange = onChange;
  }

  /** A track of silence. */
  get silence(): MediaStreamTrack {
    return this.#target.stream.getAudioTracks()[0]!;
  }

  /** Begins to measure. Returns whether the browser allows that in time: it may wait for a gesture. */
  async run(): Promise<boolean> {
    this.#stopClock ??= audioClock(this.#target, INTERVAL, () => this.#measure());
    return letRun(this.#context, mediaDurations.mixerStart);
  }

  /** Measures exactly these tracks from now on. A remote one has to be played by an element. */
  use(tracks: readonly MediaStreamTrack[]): void {
    usePerTrack(this.#voices, tracks, {
      begin: (track) => this.#join(track),
      end: ({source}) => source.disconnect(),
    });
  }

  /** Whether a track speaks, or has spoken within the hang time. */
  speaks(track: MediaStreamTrack): boolean {
    return (this.#voices.get(track)?.speaksUntil ?? 0) > this.#context.currentTime;
  }

  /** Ends the measurement; idempotent. */
  stop(): void {
    this.#stopClock?.();
    this.use([]);
    this.silence.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
  }

  #join(track: MediaStreamTrack): Voice {
    const source = this.#context.createMediaStreamSource(new MediaStream([track]));
    const analyser = new AnalyserNode(this.#context, {fftSize: this.#samples.length});
    source.connect(analyser);
    return {source, analyser, loud: false, speaksUntil: 0};
  }

  #measure(): void {
    const {currentTime} = this.#context;
    const {threshold, hangTime} = this.#options;
    for (const voice of this.#voices.values()) {
      voice.analyser.getFloatTimeDomainData(this.#samples);
      const sum = this.#samples.reduce((total, sample) => total + sample * sample, 0);
      const loud = Math.sqrt(sum / this.#samples.length) >= threshold;
      // A click is no speech: it is loud in one measurement.
      if (loud && voice.loud) voice.speaksUntil = currentTime + Math.max(hangTime / 1_000, 2 * INTERVAL);
      voice.loud = loud;
    }
    this.#onChange();
  }
}
