/** How much of what is missing comes back with each frame. */
const RECOVERY = 0.02;

/** Makes sums of voices fit into 16 bits: turned down at once where they are too loud, and up again slowly. */
export class Limiter {
  #gain = 1;

  /** Writes what fits of a sum, less one voice of it where that is given. */
  fit(sum: Int32Array, target: Int16Array, without?: Int16Array): Int16Array {
    let peak = 0;
    for (let index = 0; index < target.length; index += 1) {
      const value = Math.abs(sum[index]! - (without?.[index] ?? 0));
      if (value > peak) peak = value;
    }
    this.#gain = Math.min(this.#gain + (1 - this.#gain) * RECOVERY, peak > 0x7fff ? 0x7fff / peak : 1);
    for (let index = 0; index < target.length; index += 1)
      target[index] = (sum[index]! - (without?.[index] ?? 0)) * this.#gain;
    return target;
  }
}
