import type {CallQuality} from '../types.js';

/** What is averaged, in the units of telemetry. */
const VALUES = {
  mos: ({mos}: CallQuality) => mos,
  loss: ({loss}: CallQuality) => loss,
  jitter: ({jitter}: CallQuality) => jitter / 1000,
  roundTrip: ({rtt}: CallQuality) => rtt && rtt / 1000,
  receivedAudio: ({received}: CallQuality) => received.audio?.bitrate,
  receivedVideo: ({received}: CallQuality) => received.video?.bitrate,
  sentAudio: ({sent}: CallQuality) => sent.audio?.bitrate,
  sentVideo: ({sent}: CallQuality) => sent.video?.bitrate,
} satisfies Readonly<Record<string, (quality: CallQuality) => number | undefined>>;

/** The names of what is averaged. */
export type Averaged = keyof typeof VALUES;

const NAMES = Object.keys(VALUES) as Averaged[];

/** The averages of a call's measurements. */
export class Averages {
  /** The lowest MOS; undefined if there was none. */
  lowest: number | undefined;
  readonly #sums = new Map<Averaged, {sum: number; count: number}>();

  add(quality: CallQuality): void {
    if (quality.mos !== undefined) this.lowest = Math.min(quality.mos, this.lowest ?? quality.mos);
    for (const name of NAMES) {
      const value = VALUES[name](quality);
      if (value === undefined) continue;
      const {sum, count} = this.#sums.get(name) ?? {sum: 0, count: 0};
      this.#sums.set(name, {sum: sum + value, count: count + 1});
    }
  }

  /** Returns an average; undefined if nothing was measured. */
  of(name: Averaged): number | undefined {
    const found = this.#sums.get(name);
    return found && found.sum / found.count;
  }
}
