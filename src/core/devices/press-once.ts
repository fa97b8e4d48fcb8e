import {headsetDurations} from '../../durations/headsets.js';

/** What reported a press last, and when, by what the press does. */
const presses = new Map<string, {readonly source: unknown; readonly at: number}>();

/**
 * Returns whether a press is a new one: a browser may report one press of a headset twice, by WebHID and by Media Session, or
 * by two devices of a headset.
 *
 * @param does - What the press does.
 * @param source - What has reported it.
 */
export function isNewPress(does: string, source: unknown): boolean {
  const now = performance.now();
  const before = presses.get(does);
  if (before && before.source !== source && now - before.at < headsetDurations.samePress) return false;
  presses.set(does, {source, at: now});
  return true;
}
