import {audioClock} from './audio-clock.js';
import {TrackPicture} from './track-picture.js';

/** Pictures a second: what a person sees as moving, and a slow computer still encodes beside a call. */
const RATE = 20;

/** After how many ticks the picture is drawn again where it has not changed: a track without frames holds the file up. */
const REPEAT = RATE / 2;

/** How long a first picture is waited for, in milliseconds, so that the recording has its size. */
const PATIENCE = 1000;

/** The size where there is no picture at the beginning and one may come. */
const USUAL = {width: 1280, height: 720};

/** How much of each side the picture in the corner takes at most, and how far it is from the edge, by the width. */
const [INSET, MARGIN] = [0.25, 0.025];

/** What the longer side is at least: at the beginning of a call pictures are smaller than they become. */
const SMALLEST = 640;

/**
 * A track of pictures that stays the same, and of the same size, while the track that it shows changes its own or is
 * another one: smaller and larger pictures are fitted into it, and it is black where there is none.
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

  /** Whether there has been a picture at any time. */
  get everShown(): boolean {
    return this.#everShown;
  }

  get size(): {readonly width: number; readonly height: number} {
    return this.#canvas;
  }

  /** Shows these from now on: the second one small in a corner; black where there is none. */
  use(picture: MediaStreamTrack | undefined, inset?: MediaStreamTrack): void {
    this.#picture.use(picture);
    this.#inset.use(inset);
  }

  /** Takes the size of the picture that is shown and gives the track; one picture a tick is drawn from then on. */
  async begin(clock: AudioNode): Promise<MediaStreamTrack> {
    const {picture} = this.#picture;
    const {videoWidth, videoHeight} = (await picture?.arrives(PATIENCE)) ? picture!.video : NOTHING;
    const {width, height} = videoWidth ? {width: videoWidth, height: videoHeight} : USUAL;
    const scale = Math.max(1, SMALLEST / Math.max(width, height));
    this.#canvas.width = even(width * scale);
    this.#canvas.height = even(height * scale);
    this.#draw();
    this.#track = this.#canvas.captureStream().getVideoTracks()[0]!;
    this.#stopClock = audioClock(clock, 1 / RATE, () => this.#tick());
    return this.#track;
  }

  /** Ends the track and lets go of what it shows; idempotent. */
  stop(): void {
    this.#stopClock();
    this.use(undefined);
    this.#track?.stop();
    // The pixels are let go at once, and not when the canvas is.
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

  /** Draws a picture into a box, as large as it fits: in its middle, or at its end. */
  #fit(video: HTMLVideoElement, {left, top, width, height}: Box, place = 0.5): void {
    const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
    const [wide, high] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    const [x, y] = [Math.floor((width - wide) * place), Math.floor((height - high) * place)];
    this.#everShown = true;
    this.#context.drawImage(video, left + x, top + y, wide, high);
  }
}

/** One of the pictures. */
class Slot {
  #track: MediaStreamTrack | undefined;
  picture: TrackPicture | undefined;

  use(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return;
    this.#track = track;
    this.picture?.release();
    this.picture = track && new TrackPicture(track);
  }

  /** Where the picture is taken from; undefined while there is none. */
  get video(): HTMLVideoElement | undefined {
    return this.picture?.there ? this.picture.video : undefined;
  }

  /** Another one for each picture; for each moment in Firefox, which counts none of a stream. */
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

/** Whether a picture that is fitted in leaves nothing free. */
function fills({videoWidth, videoHeight}: HTMLVideoElement, width: number, height: number): boolean {
  const scale = Math.min(width / videoWidth, height / videoHeight);
  return Math.round(videoWidth * scale) >= width && Math.round(videoHeight * scale) >= height;
}

const NOTHING = {videoWidth: 0, videoHeight: 0};

/** Encoders want even sizes. */
function even(length: number): number {
  return Math.round(length / 2) * 2;
}
