import {SoundTap} from './sound-tap.js';
import {UtteranceEncoder} from './utterance-encoder.js';

/** From which root mean square on a sound counts as speech, 0–1. */
const THRESHOLD = 0.01;
/** How long an utterance goes on after its last sound, in seconds. */
const HANG = 0.8;
/** The longest utterance, in seconds: a call without a pause is cut into several. */
const LONGEST = 60;
/** How many blocks before the first loud one are heard as well: a word begins quietly. */
const BEFORE = 2;
/** How many loud blocks make speech: a click is loud in one. */
const LOUD = 2;

/** Learns of the utterances of a call. */
export interface UtteranceListener {
  onBegin(encoder: UtteranceEncoder): void;
  /** Called about ten times a second while it is heard. */
  onProgress(encoder: UtteranceEncoder): void;
  /** Called when nothing is added to it any more. */
  onEnd(encoder: UtteranceEncoder): void;
}

/** Cuts what is heard of a call into utterances. */
export class UtteranceCutter {
  readonly #tap: SoundTap;
  readonly #sampleRate: number;
  readonly #listener: UtteranceListener;
  /** What was heard last while no utterance runs. */
  #before: Float32Array<ArrayBuffer>[] = [];
  #running: UtteranceEncoder | undefined;
  /** How many blocks in a row were loud. */
  #loud = 0;
  /** How long it has been silent, in seconds. */
  #silent = 0;

  constructor(context: AudioContext, listener: UtteranceListener) {
    this.#sampleRate = context.sampleRate;
    this.#listener = listener;
    this.#tap = new SoundTap(context, (samples) => this.#take(samples));
  }

  /** Listens to exactly these tracks from now on. */
  use(tracks: readonly MediaStreamTrack[]): void {
    this.#tap.use(tracks);
    if (!tracks.length) this.cut();
  }

  /** Ends the utterance: what follows is another one. */
  cut(): void {
    const running = this.#running;
    this.#running = undefined;
    this.#before = [];
    this.#loud = 0;
    if (running) this.#listener.onEnd(running);
  }

  /** Idempotent. */
  stop(): void {
    this.#tap.stop();
    this.cut();
  }

  #take(samples: Float32Array<ArrayBuffer>): void {
    const loud = levelOf(samples) >= THRESHOLD;
    this.#loud = loud ? this.#loud + 1 : 0;
    this.#silent = loud ? 0 : this.#silent + samples.length / this.#sampleRate;
    if (!this.#running) {
      this.#before = [...this.#before, samples].slice(-(BEFORE + LOUD));
      if (this.#loud >= LOUD) this.#begin();
      return;
    }
    this.#running.add(samples);
    this.#listener.onProgress(this.#running);
    if (this.#silent >= HANG || this.#running.duration >= LONGEST) this.cut();
  }

  #begin(): void {
    const running = (this.#running = new UtteranceEncoder(this.#sampleRate));
    for (const samples of this.#before.splice(0)) running.add(samples);
    this.#listener.onBegin(running);
  }
}

/** Returns the root mean square. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
