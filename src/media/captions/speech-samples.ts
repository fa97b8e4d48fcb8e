/** How many samples a second recognizers of speech expect. */
export const SPEECH_RATE = 16_000;

/** How many of the resulting samples each side of the filter spans: the more, the steeper it is. */
const SPAN = 16;

/** Where the filter has fallen by half, as a share of the resulting samples' highest frequency. */
const CUTOFF = 0.94;

/**
 * Resamples sound to 16 kHz. A filter removes what 16 kHz cannot have, which would be heard as other frequencies: a tone of
 * 10 kHz as one of 6.
 */
export class SpeechSamples {
  /** By how many samples of the input one of the output is later. */
  readonly #step: number;
  readonly #reach: number;
  /** The filter at each place between two samples of the input that occurs. */
  readonly #filters: readonly Float32Array[];
  /** The input that the next samples need. */
  #input: Float32Array;
  /** Where the next sample is in it, counted in fractions of a sample as there are filters. */
  #place: number;

  /** @param rate - The samples a second of the input. */
  constructor(rate: number) {
    const common = divisor(rate, SPEECH_RATE);
    const fractions = SPEECH_RATE / common;
    const narrow = Math.max(1, rate / SPEECH_RATE);
    this.#step = rate / common;
    this.#reach = Math.ceil(SPAN * narrow);
    this.#filters = Array.from({length: fractions}, (_, index) =>
      filterAt(index / fractions, this.#reach, CUTOFF / narrow),
    );
    this.#input = new Float32Array(this.#reach);
    this.#place = (this.#reach - 1) * fractions;
  }

  /** Returns what the next samples make. */
  next(samples: Float32Array): Float32Array<ArrayBuffer> {
    const input = new Float32Array(this.#input.length + samples.length);
    input.set(this.#input);
    input.set(samples, this.#input.length);
    const filters = this.#filters;
    const reach = this.#reach;
    const fractions = filters.length;
    const count = Math.max(0, Math.ceil(((input.length - reach) * fractions - this.#place) / this.#step));
    const made = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      const place = this.#place + index * this.#step;
      const filter = filters[place % fractions]!;
      const first = Math.floor(place / fractions) - reach + 1;
      let sum = 0;
      for (let tap = 0; tap < filter.length; tap += 1) sum += filter[tap]! * input[first + tap]!;
      made[index] = sum;
    }
    const place = this.#place + count * this.#step;
    const done = Math.floor(place / fractions) - reach + 1;
    this.#place = place - done * fractions;
    this.#input = input.slice(done);
    return made;
  }
}

/** Returns the low-pass filter around a place between two samples: a sinc in a window of Blackman. */
function filterAt(fraction: number, reach: number, cutoff: number): Float32Array {
  const filter = Float32Array.from({length: 2 * reach}, (_, tap) => {
    const away = tap - reach + 1 - fraction;
    const angle = Math.PI * cutoff * away;
    const turn = (Math.PI * away) / reach;
    const fade = 0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    return (away ? Math.sin(angle) / angle : 1) * fade;
  });
  const sum = filter.reduce((total, each) => total + each, 0);
  return filter.map((each) => each / sum);
}

const divisor = (one: number, other: number): number => (other ? divisor(other, one % other) : one);
