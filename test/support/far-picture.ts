import {until} from './facts.js';

/** A colour, each part 0–255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Resolves once the middle of what a stream shows is such. */
export async function shows(
  stream: () => MediaStream | undefined,
  fits: (colour: Colour) => boolean,
): Promise<void> {
  const video = document.createElement('video');
  video.muted = true;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', {willReadFrequently: true})!;
  await until(() => {
    const [track] = stream()?.getVideoTracks() ?? [];
    const playing = (video.srcObject as MediaStream | null)?.getVideoTracks()[0];
    if (track !== playing) {
      video.srcObject = track ? new MediaStream([track]) : null;
      if (track) video.play().catch(() => {});
    }
    if (!track || !video.videoWidth) return false;
    const {videoWidth: width, videoHeight: height} = video;
    context.drawImage(video, width / 2 - 4, height / 2 - 4, 8, 8, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return fits([red, green, blue]);
  });
  video.srcObject = null;
}
