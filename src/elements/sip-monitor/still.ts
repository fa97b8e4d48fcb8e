import type {SipVideoElement} from '../sip-video/sip-video.js';

/** Returns the video element of a tile. */
export function playerOf(tile: Element): HTMLVideoElement | undefined {
  return tile.querySelector<SipVideoElement>('sip-video')?.player ?? undefined;
}

/** The maximum width of a still image, in pixels. */
const WIDTH = 640;

/** Saves the current frame of a tile as its still image; once the video has ended, no frame is left to save. */
export function keepFrame(tile: Element): void {
  const player = playerOf(tile);
  const still = tile.querySelector('canvas');
  if (!player?.videoWidth || !still) return;
  const width = Math.min(WIDTH, player.videoWidth);
  const height = Math.round((width * player.videoHeight) / player.videoWidth);
  // Setting a canvas size clears it, even if the size is the same.
  if (still.width !== width || still.height !== height) Object.assign(still, {width, height});
  still.getContext('2d')?.drawImage(player, 0, 0, width, height);
  still.hidden = false;
}

/** Hides the still images of tiles. */
export function forgetFrames(tiles: Iterable<Element>): void {
  for (const tile of tiles) for (const still of tile.querySelectorAll('canvas')) still.hidden = true;
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
