import {mediaDurations} from '../../durations/media.js';
import {SipError} from '../../errors.js';
import {letRun} from '../audio/running-context.js';
import {SoundTap} from '../recall/sound-tap.js';
import {SPEECH_RATE, SpeechSamples} from './speech-samples.js';

/** How many samples are handed over at once: a tenth of a second. */
const CHUNK = SPEECH_RATE / 10;

/** Hands over the sound of tracks as 16 kHz mono, a tenth of a second at a time. */
export class SpeechTap {
  readonly #tap: SoundTap;
  readonly #rate: number;
  readonly #onChunk: (chunk: Float32Array<ArrayBuffer>) => void;
  #samples: SpeechSamples | undefined;
  #chunk = new Float32Array(CHUNK);
  #filled = 0;

  /** @param onChunk - Called with the next 1,600 samples, which it may keep. */
  constructor(context: AudioContext, onChunk: (chunk: Float32Array<ArrayBuffer>) => void) {
    this.#rate = context.sampleRate;
    this.#onChunk = onChunk;
    this.#tap = new SoundTap(context, (samples) => this.#take(samples));
  }

  /** Hands over exactly these tracks from now on; nothing, not even silence, if there are none. */
  use(tracks: readonly MediaStreamTrack[]): void {
    if (tracks.length) this.#samples ??= new SpeechSamples(this.#rate);
    else {
      this.#samples = undefined;
      this.#filled = 0;
    }
    this.#tap.use(tracks);
  }

  /** Idempotent. */
  stop(): void {
    this.use([]);
    this.#tap.stop();
  }

  #take(samples: Float32Array): void {
    const made = this.#samples?.next(samples) ?? [];
    for (const sample of made) {
      this.#chunk[this.#filled] = sample;
      this.#filled += 1;
      if (this.#filled < CHUNK) continue;
      const chunk = this.#chunk;
      this.#chunk = new Float32Array(CHUNK);
      this.#filled = 0;
      this.#onChunk(chunk);
    }
  }
}

/**
 * Opens the context of speech taps.
 *
 * @throws {SipError} `playback-blocked` if the browser waits for a gesture.
 */
export async function openSpeechContext(): Promise<AudioContext> {
  const context = new AudioContext();
  if (await letRun(context, mediaDurations.recordingSound)) return context;
  void context.close();
  throw new SipError('playback-blocked', {subject: 'captions'});
}
