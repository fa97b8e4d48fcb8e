import {measure} from '../quality/quality.js';
import {Statistics} from '../quality/statistics.js';
import type {CallQuality} from '../types.js';
import {pause} from '../../within.js';

/** What arrives on a connection. */
export interface MediaFlow {
  readonly quality: CallQuality;
  readonly packets: number;
  /** The pictures that were decoded. */
  readonly frames: number;
}

/** Fields that only a measurement of a diagnosis reads. */
interface FlowEntry {
  readonly type: string;
  readonly kind?: string;
  readonly packetsReceived?: number;
  readonly framesDecoded?: number;
}

/** Returns what arrived between two reports of a connection. */
export function flowBetween(before: RTCStatsReport, after: RTCStatsReport, seconds: number): MediaFlow {
  const now = performance.now();
  const [first, last] = [new Statistics(before, now - seconds * 1000), new Statistics(after, now)];
  const [early, late] = [totals(before), totals(after)];
  return {
    quality: measure(first, last, true),
    packets: late.packets - early.packets,
    frames: late.frames - early.frames,
  };
}

function totals(report: RTCStatsReport): {packets: number; frames: number} {
  const sums = {packets: 0, frames: 0};
  report.forEach((entry: FlowEntry) => {
    if (entry.type !== 'inbound-rtp') return;
    sums.frames += entry.framesDecoded ?? 0;
    if (entry.kind === 'audio') sums.packets += entry.packetsReceived ?? 0;
  });
  return sums;
}

/** How often a level is read, in milliseconds. */
const READING_MS = 40;

/** Resolves with the highest level that was read in a time, in milliseconds; at once with one that is `enough`. */
export async function highestLevel(
  read: () => number,
  milliseconds: number,
  signal: AbortSignal,
  enough = Infinity,
): Promise<number> {
  const begun = performance.now();
  let level = 0;
  while (!signal.aborted && level < enough && performance.now() - begun < milliseconds) {
    await pause(READING_MS, signal);
    level = Math.max(level, read());
  }
  return level;
}
