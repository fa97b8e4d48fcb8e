import type {SipVideoElement} from '../sip-video/sip-video.js';

/** What plays the picture of a tile. */
export function playerOf(tile: Element): HTMLVideoElement | undefined {
  return tile.querySelector<SipVideoElement>('sip-video')?.player ?? undefined;
}

/** How wide a still picture is at most, in pixels. */
const WIDTH = 640;

/** Keeps what a tile shows now as its still picture: when the picture is gone there is nothing left to take it from. */
export function keepFrame(tile: Element): void {
  const player = playerOf(tile);
  const still = tile.querySelector('canvas');
  if (!player?.videoWidth || !still) return;
  const width = Math.min(WIDTH, player.videoWidth);
  const height = Math.round((width * player.videoHeight) / player.videoWidth);
  // To set a size clears it, also where it is the same.
  if (still.width !== width || still.height !== height) Object.assign(still, {width, height});
  still.getContext('2d')?.drawImage(player, 0, 0, width, height);
  still.hidden = false;
}

/** Forgets the still pictures of tiles. */
export function forgetFrames(tiles: Iterable<Element>): void {
  for (const tile of tiles) for (const still of tile.querySelectorAll('canvas')) still.hidden = true;
}

const counted = new WeakMap<HTMLVideoElement, number>();

/** How many frames a player has shown: Firefox counts none of a stream by itself. */
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
