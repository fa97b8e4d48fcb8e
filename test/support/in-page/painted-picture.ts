import {until} from './facts.js';

/** Red, green and blue, 0–255. */
export type Colour = readonly [number, number, number];

/** A picture of one colour that goes on until it is stopped. */
export interface PaintedPicture {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** Paints a picture of a colour, ten times a second. */
export function paintedPicture(colour: Colour): PaintedPicture {
  const canvas = Object.assign(document.createElement('canvas'), {width: 160, height: 120});
  const context = canvas.getContext('2d')!;
  const [track] = canvas.captureStream().getVideoTracks();
  const paint = (): void => {
    context.fillStyle = `rgb(${colour.join()})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  paint();
  const timer = setInterval(paint, 100);
  return {
    track: track!,
    stop() {
      clearInterval(timer);
      track!.stop();
    },
  };
}

/** The colour in the middle of what a video shows now; undefined if it shows nothing. */
export function colourOf(video: HTMLVideoElement): Colour | undefined {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return undefined;
  const canvas = Object.assign(document.createElement('canvas'), {width: 8, height: 8});
  const context = canvas.getContext('2d', {willReadFrequently: true})!;
  context.drawImage(video, 0, 0, 8, 8);
  const [red = 0, green = 0, blue = 0] = context.getImageData(4, 4, 1, 1).data;
  return [red, green, blue];
}

/** Whether a video shows the colour, within the tolerance of the encoding. */
export function showsColour(video: HTMLVideoElement, colour: Colour): boolean {
  return colourOf(video)?.every((value, index) => Math.abs(value - colour[index]!) < 50) ?? false;
}

/** Resolves once the decoded stream has the colour. */
export async function turns(stream: MediaStream, colour: Colour): Promise<void> {
  const video = Object.assign(document.createElement('video'), {muted: true});
  video.srcObject = stream;
  // It waits for the first frame.
  video.play().catch(() => {});
  try {
    await until(() => showsColour(video, colour));
  } finally {
    video.srcObject = null;
  }
}
