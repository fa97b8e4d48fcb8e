/** A volume of 0–1: 1 for what is no number. */
export function normalizeVolume(volume: number | undefined): number {
  return Number.isFinite(volume) ? Math.min(1, Math.max(0, volume!)) : 1;
}
