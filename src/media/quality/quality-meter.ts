import {durations} from '../../durations.js';
import {measure} from './quality.js';
import {StallRepair} from './stall-repair.js';
import {StallWatch, type Awaited} from './stall.js';
import {Statistics} from './statistics.js';
import type {CallQuality, CallStall, RelayFailure} from '../types.js';

/** What is measured, and who is told. */
export interface MeterDelegate {
  /** The statistics of the peer connection at this moment; undefined where there is none. */
  statistics(): Promise<RTCStatsReport | undefined>;
  /** Why there is no relay, where there is none; undefined where there is no peer connection. */
  relayFailure(): RelayFailure | undefined;
  awaited(): Awaited | undefined;
  onQuality(quality: CallQuality): void;
  /** Why nothing arrives; undefined where something does. */
  onStall(stall: CallStall | undefined): void;
  /** Seeks another way for the media. */
  seekWay(): void;
}

/**
 * Measures a call every two seconds, by one look at its statistics, until it is stopped; has another way sought if nothing
 * arrives any more.
 */
export class QualityMeter {
  readonly #delegate: MeterDelegate;
  readonly #stalls = new StallWatch();
  readonly #repair: StallRepair;
  #before: Statistics | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(delegate: MeterDelegate) {
    this.#delegate = delegate;
    this.#repair = new StallRepair(() => delegate.seekWay());
    void this.#measure();
  }

  /** Ends it, and tells nothing more; idempotent. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#repair.stop();
  }

  async #measure(): Promise<void> {
    const begun = performance.now();
    const delegate = this.#delegate;
    // A connection that was closed meanwhile has none.
    const report = await delegate.statistics().catch(() => undefined);
    if (this.#stopped) return;
    const passed = performance.now() - begun;
    this.#timer = setTimeout(() => void this.#measure(), Math.max(0, durations.statisticsInterval - passed));
    if (!report) return;
    const now = new Statistics(report);
    const before = this.#before;
    this.#before = now;
    const wanted = delegate.awaited();
    const stall = this.#stalls.look(now, wanted, delegate.relayFailure());
    delegate.onStall(stall);
    this.#repair.follow(stall);
    if (before) delegate.onQuality(measure(before, now, wanted?.media === 'audio'));
  }
}
