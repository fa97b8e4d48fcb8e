/** Plays a track in an element outside the document, so that frames can be taken from it even in a hidden page. */
export class TrackPicture {
  readonly video = document.createElement('video');

  constructor(track: MediaStreamTrack) {
    const {video} = this;
    video.muted = true;
    video.playsInline = true;
    video.srcObject = new MediaStream([track]);
    // Playback waits for a first frame, which may never come, and is aborted if another track takes its place.
    video.play().catch(() => {});
  }

  /** Whether there is a frame. */
  get there(): boolean {
    return this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && this.video.videoWidth > 0;
  }

  /** Waits for a frame, at most for the time in milliseconds. Resolves with whether there is one. */
  async arrives(patience: number): Promise<boolean> {
    const {video} = this;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, patience);
      const onData = (): void => {
        if (this.there) done();
      };
      function done(): void {
        clearTimeout(timer);
        for (const type of ['loadeddata', 'resize']) video.removeEventListener(type, onData);
        resolve();
      }
      for (const type of ['loadeddata', 'resize']) video.addEventListener(type, onData);
      onData();
    });
    return this.there;
  }

  /** Releases the track; idempotent. */
  release(): void {
    this.video.srcObject = null;
  }
}
