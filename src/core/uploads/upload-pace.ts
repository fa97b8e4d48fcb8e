/** How far back the speed looks, in milliseconds: long enough to be calm, short enough to be true. */
const WINDOW = 3_000;

/** Finds out how fast an upload goes. */
export class UploadPace {
  readonly #total: number;
  /** Moments and the bytes that were sent until then, oldest first. */
  readonly #samples: {readonly time: number; readonly loaded: number}[];

  /** @param now - When it began, in milliseconds. */
  constructor(total: number, now: number) {
    this.#total = total;
    this.#samples = [{time: now, loaded: 0}];
  }

  /** Notes what is sent; gives the speed in bytes a second, and what is left in seconds: `Infinity` while nothing moves. */
  add(loaded: number, now: number): {readonly speed: number; readonly remaining: number} {
    this.#samples.push({time: now, loaded});
    while (this.#samples.length > 2 && this.#samples[1]!.time <= now - WINDOW) this.#samples.shift();
    const {time, loaded: before} = this.#samples[0]!;
    const speed = now > time ? ((loaded - before) * 1_000) / (now - time) : 0;
    const left = this.#total - loaded;
    return {speed, remaining: left ? left / speed : 0};
  }
}
