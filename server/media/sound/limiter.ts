/** The share of the missing gain that is restored with each frame. */
const RECOVERY = 0.02;

/** Fits sums of voices into 16 bits: reduces the gain at once if they are too loud, and restores it slowly. */
export class Limiter {
  #gain = 1;

  /** Writes the limited sum, without one voice if that is given. */
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
