/** The maximum width of a still image, in pixels. */
const WIDTH = 640;

/** Saves the current frame of a video as a still image; once the video has ended, no frame is left to save. */
export function keepFrame(still: HTMLCanvasElement, player: HTMLVideoElement): void {
  if (!player.videoWidth) return;
  const width = Math.min(WIDTH, player.videoWidth);
  const height = Math.round((width * player.videoHeight) / player.videoWidth);
  // Setting a canvas size clears it, even if the size is the same.
  if (still.width !== width || still.height !== height) Object.assign(still, {width, height});
  still.getContext('2d')?.drawImage(player, 0, 0, width, height);
  still.hidden = false;
}

const counted = new WeakMap<HTMLVideoElement, number>();

/** Returns how many frames a player has shown; Firefox does not count those of a stream automatically. */
export function framesShown(player: HTMLVideoElement): number {
  if (!counted.has(player)) {
    const count = (): void => {
      counted.set(player, (counted.get(player) ?? -1) + 1);
      player.requestVideoFrameCallback(count);
    };
    count();
  }
  return Math.max(counted.get(player)!, player.getVideoPlaybackQuality().totalVideoFrames);
}
