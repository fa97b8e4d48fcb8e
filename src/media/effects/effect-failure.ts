/** How long after a failure an effect is not tried again, in milliseconds: one that fails at once would begin for ever. */
export const FAILURE_REST_MS = 10_000;

/** Ends the track of an effect that has failed, as a device that is unplugged ends its own. */
export function endFailed(track: MediaStreamTrack): void {
  track.stop();
  // Nothing is dispatched for a track that its own page stops.
  track.dispatchEvent(new Event('ended'));
}
