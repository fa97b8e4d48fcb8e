/** Returns a volume clamped to 0–1; 1 if it is not a number. */
export function normalizeVolume(volume: number | undefined): number {
  return Number.isFinite(volume) ? Math.min(1, Math.max(0, volume!)) : 1;
}
