import {mediaDurations} from '../../durations/media.js';
import {measure} from './quality.js';
import {StallRepair} from './stall-repair.js';
import {StallWatch, type Awaited} from './stall.js';
import {Statistics} from './statistics.js';
import type {CallQuality, CallStall, MediaLoss, RelayFailure} from '../types.js';

/** Provides the statistics, and receives the results. */
export interface MeterDelegate {
  /** The current statistics of the peer connection; undefined if there is no connection. */
  statistics(): Promise<RTCStatsReport | undefined>;
  /** Why there is no relay; undefined if there is one, or no peer connection. */
  relayFailure(): RelayFailure | undefined;
  awaited(): Awaited | undefined;
  onQuality(quality: CallQuality): void;
  /**
   * Why nothing arrives; undefined if media arrive.
   *
   * @param loss - If the other side must be sending.
   */
  onStall(stall: CallStall | undefined, loss?: MediaLoss): void;
  /** Restarts ICE. */
  restartIce(): void;
}

/**
 * Measures a call every two seconds, from one snapshot of its statistics, until it is stopped; restarts ICE if media no
 * longer arrive.
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
    this.#repair = new StallRepair(() => delegate.restartIce());
    void this.#measure();
  }

  /** Ends the measurement and reports nothing more; idempotent. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#repair.stop();
  }

  async #measure(): Promise<void> {
    const begun = performance.now();
    const delegate = this.#delegate;
    // A connection that was closed in the meantime has no statistics.
    const report = await delegate.statistics().catch(() => undefined);
    if (this.#stopped) return;
    const passed = performance.now() - begun;
    this.#timer = setTimeout(
      () => void this.#measure(),
      Math.max(0, mediaDurations.statisticsInterval - passed),
    );
    if (!report) return;
    const now = new Statistics(report);
    const before = this.#before;
    this.#before = now;
    const wanted = delegate.awaited();
    const stall = this.#stalls.look(now, wanted, delegate.relayFailure());
    this.#repair.follow(stall);
    delegate.onStall(stall, this.#stalls.lost ? (this.#repair.vain ? 'failed' : 'recovering') : undefined);
    if (before) delegate.onQuality(measure(before, now, wanted?.media === 'audio'));
  }
}
