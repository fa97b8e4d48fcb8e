/** How often the black frame is drawn, in milliseconds: a canvas sends a frame only when it is drawn on. */
const REDRAW_MS = 500;

/** A video track of black frames. */
export interface BlackPicture {
  readonly track: MediaStreamTrack;
  /** Ends the track; idempotent. */
  stop(): void;
}

/** Makes black video of the given size for a camera that is off: the other side sees black, not a frozen last frame. */
export function blackPicture(width = 320, height = 240): BlackPicture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', {alpha: false})!;
  const track = canvas.captureStream().getVideoTracks()[0]!;
  const draw = (): void => context.fillRect(0, 0, width, height);
  draw();
  const timer = setInterval(draw, REDRAW_MS);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}
