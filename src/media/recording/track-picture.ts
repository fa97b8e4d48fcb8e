/** Shows a track in an element that is in no document: where its pictures are taken from, in a hidden page as well. */
export class TrackPicture {
  readonly video = document.createElement('video');

  constructor(track: MediaStreamTrack) {
    const {video} = this;
    video.muted = true;
    video.playsInline = true;
    video.srcObject = new MediaStream([track]);
    // It waits for a first picture, which may never come, and is given up where another track takes its place.
    video.play().catch(() => {});
  }

  /** Whether there is a picture. */
  get there(): boolean {
    return this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && this.video.videoWidth > 0;
  }

  /** Resolves with whether a picture is there, as soon as it is, or after the time in milliseconds. */
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

  /** Lets the track go; idempotent. */
  release(): void {
    this.video.srcObject = null;
  }
}
