import {audioClock} from '../audio/audio-clock.js';
import {TrackPicture} from './track-picture.js';
import {mediaDurations} from '../../durations/media.js';

/** Frames per second: smooth enough to watch, and few enough for a slow computer to encode during a call. */
const RATE = 20;

/** After how many ticks an unchanged picture is drawn again: a track without frames stalls the file. */
const REPEAT = RATE / 2;

/** The size if there is no frame at the beginning and one may come. */
const USUAL = {width: 1280, height: 720};

/** The largest share of each side that the inset takes, and its distance from the edge, as a share of the width. */
const [INSET, MARGIN] = [0.25, 0.025];

/** The minimum of the longer side: at the beginning of a call the video is smaller than later. */
const SMALLEST = 640;

/**
 * A video track that keeps its identity and size while the track that it shows is resized or replaced: smaller and
 * larger frames are fitted into it, and it is black if there is none.
 */
export class RecordedPicture {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', {alpha: false})!;
  readonly #picture = new Slot();
  readonly #inset = new Slot();
  #track: MediaStreamTrack | undefined;
  #stopClock = (): void => {};
  #everShown = false;
  #drawn = '';
  #idle = 0;

  /** Whether a frame was ever shown. */
  get everShown(): boolean {
    return this.#everShown;
  }

  get size(): {readonly width: number; readonly height: number} {
    return this.#canvas;
  }

  /** Shows these tracks from now on, the second one small in a corner; black if there is none. */
  use(picture: MediaStreamTrack | undefined, inset?: MediaStreamTrack): void {
    this.#picture.use(picture);
    this.#inset.use(inset);
  }

  /** Adopts the size of the shown video and returns the track; one frame is drawn per tick from then on. */
  async begin(clock: AudioNode): Promise<MediaStreamTrack> {
    const {picture} = this.#picture;
    const inset = this.#inset.picture;
    const [there] = await Promise.all([
      picture?.arrives(mediaDurations.recordingFrame),
      inset?.arrives(mediaDurations.recordingFrame),
    ]);
    const {videoWidth, videoHeight} = there ? picture!.video : NOTHING;
    const {width, height} = videoWidth ? {width: videoWidth, height: videoHeight} : USUAL;
    const scale = Math.max(1, SMALLEST / Math.max(width, height));
    this.#canvas.width = even(width * scale);
    this.#canvas.height = even(height * scale);
    this.#draw();
    this.#track = this.#canvas.captureStream().getVideoTracks()[0]!;
    this.#stopClock = audioClock(clock, 1 / RATE, () => this.#tick());
    return this.#track;
  }

  /** Ends the track and releases its videos; idempotent. */
  stop(): void {
    this.#stopClock();
    this.use(undefined);
    this.#track?.stop();
    // Releases the pixels at once instead of with the canvas.
    this.#canvas.width = this.#canvas.height = 0;
  }

  #tick(): void {
    this.#idle += 1;
    const now = `${this.#picture.mark} ${this.#inset.mark}`;
    if (now === this.#drawn && this.#idle < REPEAT) return;
    this.#drawn = now;
    this.#draw();
  }

  #draw(): void {
    this.#idle = 0;
    const {width, height} = this.#canvas;
    const shown = this.#picture.video;
    if (!shown || !fills(shown, width, height)) this.#context.fillRect(0, 0, width, height);
    if (shown) this.#fit(shown, {left: 0, top: 0, width, height});
    const inset = this.#inset.video;
    if (!inset) return;
    const [wide, high] = [Math.round(width * INSET), Math.round(height * INSET)];
    const margin = Math.round(width * MARGIN);
    this.#fit(
      inset,
      {left: width - wide - margin, top: height - high - margin, width: wide, height: high},
      1,
    );
  }

  /** Draws a frame into a box as large as it fits: centred, or at its end. */
  #fit(video: HTMLVideoElement, {left, top, width, height}: Box, place = 0.5): void {
    const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
    const [wide, high] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    const [x, y] = [Math.floor((width - wide) * place), Math.floor((height - high) * place)];
    this.#everShown = true;
    this.#context.drawImage(video, left + x, top + y, wide, high);
  }
}

/** One of the two pictures. */
class Slot {
  #track: MediaStreamTrack | undefined;
  picture: TrackPicture | undefined;

  use(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return;
    this.#track = track;
    this.picture?.release();
    this.picture = track && new TrackPicture(track);
  }

  /** The element to draw from; undefined while it has no frame. */
  get video(): HTMLVideoElement | undefined {
    return this.picture?.there ? this.picture.video : undefined;
  }

  /** Changes with each frame; in Firefox, which does not count the frames of a stream, with time. */
  get mark(): string {
    const {video} = this;
    const place = video && (video.getVideoPlaybackQuality().totalVideoFrames || video.currentTime);
    return `${this.#track?.id ?? ''} ${place ?? ''}`;
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Whether the fitted frame covers the whole area. */
function fills({videoWidth, videoHeight}: HTMLVideoElement, width: number, height: number): boolean {
  const scale = Math.min(width / videoWidth, height / videoHeight);
  return Math.round(videoWidth * scale) >= width && Math.round(videoHeight * scale) >= height;
}

const NOTHING = {videoWidth: 0, videoHeight: 0};

/** Rounds to an even number, as encoders need even sizes. */
function even(length: number): number {
  return Math.round(length / 2) * 2;
}
