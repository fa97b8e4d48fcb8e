/** The time over which the speed is averaged, in milliseconds: long enough to be stable, short enough to be current. */
const WINDOW = 3_000;

/** Measures the speed of an upload. */
export class UploadPace {
  readonly #total: number;
  /** Times and the bytes that had been sent by then, oldest first. */
  readonly #samples: {readonly time: number; readonly loaded: number}[];

  /** @param now - When the upload began, in milliseconds. */
  constructor(total: number, now: number) {
    this.#total = total;
    this.#samples = [{time: now, loaded: 0}];
  }

  /**
   * Records the bytes sent; returns the speed in bytes per second and the remaining time in seconds: `Infinity` while
   * nothing is sent.
   */
  add(loaded: number, now: number): {readonly speed: number; readonly remaining: number} {
    this.#samples.push({time: now, loaded});
    while (this.#samples.length > 2 && this.#samples[1]!.time <= now - WINDOW) this.#samples.shift();
    const {time, loaded: before} = this.#samples[0]!;
    const speed = now > time ? ((loaded - before) * 1_000) / (now - time) : 0;
    const left = this.#total - loaded;
    return {speed, remaining: left ? left / speed : 0};
  }
}
