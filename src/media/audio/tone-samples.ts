import type {ToneShape} from './tone-table.js';

/** The sample rate, in hertz: high enough for every tone here. */
const RATE = 16_000;
/** The duration of fading a burst in and out, in seconds: it would click otherwise. */
const EDGE = 0.006;
/** The time in which a bell decays to about a third (1/e), in seconds. */
const DECAY = 0.18;

const buffers = new WeakMap<ToneShape, AudioBuffer>();

/** Returns one period of the tone as a buffer: looped playback keeps time without a timer. */
export function toneBuffer(shape: ToneShape): AudioBuffer {
  const known = buffers.get(shape);
  if (known) return known;
  const samples = toneSamples(shape, RATE);
  const buffer = new AudioBuffer({length: samples.length, sampleRate: RATE});
  buffer.copyToChannel(samples, 0);
  buffers.set(shape, buffer);
  return buffer;
}

/** Returns one period of the tone as samples of −1 to 1, at the rate in hertz. */
export function toneSamples({period, bursts, level}: ToneShape, rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(period * rate));
  for (const {at, length, frequencies, fades} of bursts) {
    const first = Math.round(at * rate);
    const count = Math.min(Math.round(length * rate), samples.length - first);
    for (let index = 0; index < count; index += 1) {
      const time = index / rate;
      const edge = Math.min(1, time / EDGE, (length - time) / EDGE) * (fades ? Math.exp(-time / DECAY) : 1);
      const wave = frequencies.reduce(
        (sum, frequency) => sum + Math.sin(2 * Math.PI * frequency * time) / frequencies.length,
        0,
      );
      samples[first + index]! += wave * edge;
    }
  }
  // Overlapping bells are louder than one.
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return peak > 0 ? samples.map((sample) => (sample * level) / peak) : samples;
}
