import type {BackgroundFrame, FrameProcessor} from './background-frame.js';

/** How often a picture is taken where the browser gives no frames, in milliseconds: 25 times a second. */
const FRAME_MS = 40;

/** What Chromium has to make a track of frames. */
interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}

type TrackGeneratorConstructor = new (init: {kind: 'video'}) => TrackGenerator;

/** What a picture is drawn with. */
export interface BackgroundTrackOptions {
  readonly frame: BackgroundFrame;
  readonly processor: FrameProcessor;
  readonly camera: MediaStreamTrack;
  readonly signal: AbortSignal;
  /** Called if it fails after the first picture. */
  readonly onFailure: () => void;
}

/** Returns a track of what the processor makes of a camera's pictures, once it has one. */
export async function backgroundTrack(options: BackgroundTrackOptions): Promise<MediaStreamTrack> {
  const {frame} = options;
  const {MediaStreamTrackGenerator: Generator} = window as {
    MediaStreamTrackGenerator?: TrackGeneratorConstructor;
  };
  return Generator && frame.window.MediaStreamTrackProcessor
    ? ofFrames(options, new Generator({kind: 'video'}))
    : ofPictures(options);
}

/** The canvas that the processor draws on; it takes pictures that a worker has made. */
function outputOf({frame}: BackgroundTrackOptions): HTMLCanvasElement {
  const output = frame.document.createElement('canvas');
  output.getContext('bitmaprenderer');
  return output;
}

/** Passes the camera's frames through the processor. */
async function ofFrames(options: BackgroundTrackOptions, track: TrackGenerator): Promise<MediaStreamTrack> {
  const {frame, processor, camera, signal} = options;
  const output = outputOf(options);
  const {window} = frame;
  // Of the frame's window: the library knows its own frames.
  const reader = new window.MediaStreamTrackProcessor({track: camera}).readable.getReader();
  const writer = track.writable.getWriter();
  signal.addEventListener('abort', () => {
    reader.cancel().catch(() => {});
    writer.close().catch(() => {});
  });
  const pass = async (): Promise<boolean> => {
    const {value, done} = await reader.read();
    if (done || signal.aborted) {
      value?.close();
      return false;
    }
    const {timestamp} = value;
    await processor.processFrame(value, output);
    // The frame is gone with the call.
    if (signal.aborted) return false;
    await writer.write(new window.VideoFrame(output, {timestamp}));
    return true;
  };
  await pass();
  void repeat(pass, options);
  return track;
}

/** Draws what the processor makes of the camera's pictures: browsers without tracks of frames. */
async function ofPictures(options: BackgroundTrackOptions): Promise<MediaStreamTrack> {
  const {frame, processor, camera, signal} = options;
  const output = outputOf(options);
  const video = frame.document.createElement('video');
  video.muted = video.playsInline = true;
  video.srcObject = new MediaStream([camera]);
  await video.play();
  // Of the page: browsers take the tracks of a frame for those of another page.
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const {window} = frame;
  const pass = async (): Promise<boolean> => {
    const {videoWidth: width, videoHeight: height} = video;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = output.width = width;
      canvas.height = output.height = height;
    }
    const picture =
      'VideoFrame' in window ? new window.VideoFrame(video, {timestamp: performance.now() * 1000}) : video;
    await processor.processFrame(picture, output);
    if (signal.aborted) return false;
    context.drawImage(output, 0, 0);
    return true;
  };
  await pass();
  signal.addEventListener('abort', () => (video.srcObject = null));
  const track = canvas.captureStream().getVideoTracks()[0]!;
  const pace = async (): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    return !signal.aborted && pass();
  };
  void repeat(pace, options);
  return track;
}

async function repeat(
  pass: () => Promise<boolean>,
  {signal, onFailure}: BackgroundTrackOptions,
): Promise<void> {
  try {
    while (await pass());
  } catch {
    if (!signal.aborted) onFailure();
  }
}
