/** What is made of a track, and how it ends. */
export interface PerTrack<T> {
  readonly begin: (track: MediaStreamTrack) => T;
  readonly end: (made: T) => void;
}

/** Makes something of each of these tracks, and ends what was made of others; what is made already stays. */
export function usePerTrack<T>(
  made: Map<MediaStreamTrack, T>,
  tracks: readonly MediaStreamTrack[],
  {begin, end}: PerTrack<T>,
): void {
  for (const [track, thing] of made) {
    if (tracks.includes(track)) continue;
    made.delete(track);
    end(thing);
  }
  for (const track of tracks) if (!made.has(track)) made.set(track, begin(track));
}
