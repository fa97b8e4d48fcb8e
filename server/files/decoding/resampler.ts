/** How many samples on each side contribute to a value, and how many positions between samples are distinguished. */
const REACH = 16;
const PHASES = 256;

/** Converts audio between sample rates: a windowed sinc with its cutoff at the lower rate. */
export class Resampler {
  readonly #step: number;
  readonly #weights: readonly Float32Array[];
  /** The samples that are still needed, from `REACH` samples before the next position on. */
  #samples = new Float32Array(REACH);
  /** The next position, in samples since the first one kept. */
  #at = REACH;

  constructor(from: number, to: number) {
    this.#step = from / to;
    this.#weights = weightsFor(Math.min(1, to / from));
  }

  /** Adds samples. Returns those of the other rate that are complete. */
  push(samples: Float32Array): Float32Array {
    const all = new Float32Array(this.#samples.length + samples.length);
    all.set(this.#samples);
    all.set(samples, this.#samples.length);
    const count = Math.max(0, Math.floor((all.length - REACH - 1 - this.#at) / this.#step) + 1);
    const result = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      result[index] = this.#valueAt(all, this.#at);
      this.#at += this.#step;
    }
    const done = Math.max(0, Math.floor(this.#at) - REACH);
    this.#samples = all.slice(done);
    this.#at -= done;
    return result;
  }

  #valueAt(samples: Float32Array, moment: number): number {
    const whole = Math.floor(moment);
    const weights = this.#weights[Math.floor((moment - whole) * PHASES)]!;
    let sum = 0;
    for (let index = 0; index < 2 * REACH; index += 1)
      sum += (samples[whole - REACH + 1 + index] ?? 0) * weights[index]!;
    return sum;
  }
}

/** @param cutoff - The part of the source's band that is kept. */
function weightsFor(cutoff: number): Float32Array[] {
  return Array.from({length: PHASES}, (_, phase) => {
    const weights = new Float32Array(2 * REACH);
    weights.forEach((_weight, index) => {
      const distance = index - REACH + 1 - (phase + 0.5) / PHASES;
      const angle = Math.PI * distance * cutoff;
      const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
      weights[index] = cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / (REACH + 1)));
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
}
