import type {CallQuality} from '../types.js';

/** One level of the picture: by what its sides are divided, how many frames and how many bits it may have per second. */
export interface PictureLevel {
  readonly scale: number;
  readonly frameRate?: number;
  readonly maxBitrate?: number;
}

/** From the picture as it was set to the smallest one. */
export const LEVELS: readonly PictureLevel[] = [
  {scale: 1},
  {scale: 1.5, frameRate: 20, maxBitrate: 600_000},
  {scale: 2, frameRate: 15, maxBitrate: 300_000},
  {scale: 3, frameRate: 10, maxBitrate: 150_000},
  {scale: 4, frameRate: 5, maxBitrate: 75_000},
];

/** The share of sent packets that the other side reports as lost: above, the picture is too large; below, it fits. */
const BAD_LOSS = 0.1;
const GOOD_LOSS = 0.02;
/** How many measurements in a row are bad before the picture gets smaller, and good before it gets larger. */
const BAD_TIMES = 2;
const GOOD_TIMES = 5;
/** How many good ones at most, after a larger picture was too large again. */
const MOST_GOOD_TIMES = 40;

/** Decides how large a picture is sent by what the other side reports to have lost. */
export class Adaptation {
  #level = 0;
  #bad = 0;
  #good = 0;
  #patience = GOOD_TIMES;
  /** Whether the last change was to a larger picture. */
  #grew = false;

  get level(): PictureLevel {
    return LEVELS[this.#level]!;
  }

  /** Takes a measurement; returns whether the level is another one. */
  measure({sent}: Pick<CallQuality, 'sent'>): boolean {
    const losses = [sent.audio?.loss, sent.video?.loss].filter((loss) => loss !== undefined);
    if (losses.length === 0) return false;
    const loss = Math.max(...losses);
    this.#bad = loss > BAD_LOSS ? this.#bad + 1 : 0;
    this.#good = loss < GOOD_LOSS ? this.#good + 1 : 0;
    if (this.#bad >= BAD_TIMES && this.#level < LEVELS.length - 1) {
      // What has just been tried in vain is tried again later.
      this.#patience = this.#grew ? Math.min(MOST_GOOD_TIMES, this.#patience * 2) : this.#patience;
      return this.#change(1);
    }
    return this.#good >= this.#patience && this.#level > 0 && this.#change(-1);
  }

  #change(by: 1 | -1): true {
    this.#level += by;
    this.#bad = this.#good = 0;
    this.#grew = by < 0;
    if (this.#level === 0) this.#patience = GOOD_TIMES;
    return true;
  }
}
