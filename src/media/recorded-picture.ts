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

/** What the longer side is at least: at the beginning of a call pictures are smaller than they become. */
const SMALLEST = 640;

/**
 * A track of pictures that stays the same, and of the same size, while the track that it shows changes its own or is
 * another one: smaller and larger pictures are fitted into it, and it is black where there is none.
 */
export class RecordedPicture {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', {alpha: false})!;
  #shown: MediaStreamTrack | undefined;
  #picture: TrackPicture | undefined;
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

  /** Shows the track from now on, black where there is none. */
  use(track: MediaStreamTrack | undefined): void {
    if (track === this.#shown) return;
    this.#shown = track;
    this.#picture?.release();
    this.#picture = track && new TrackPicture(track);
  }

  /** Takes the size of the picture that is shown and gives the track; one picture a tick is drawn from then on. */
  async begin(clock: AudioNode): Promise<MediaStreamTrack> {
    const picture = this.#picture;
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
    const frames = this.#picture?.there ? this.#picture.video.getVideoPlaybackQuality().totalVideoFrames : '';
    const now = `${this.#shown?.id ?? ''} ${frames}`;
    if (now === this.#drawn && this.#idle < REPEAT) return;
    this.#drawn = now;
    this.#draw();
  }

  #draw(): void {
    this.#idle = 0;
    const {width, height} = this.#canvas;
    const video = this.#picture?.there ? this.#picture.video : undefined;
    const {videoWidth, videoHeight} = video ?? NOTHING;
    const scale = Math.min(width / videoWidth, height / videoHeight);
    const [wide, high] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    if (!video || wide < width || high < height) this.#context.fillRect(0, 0, width, height);
    if (!video) return;
    this.#everShown = true;
    this.#context.drawImage(video, (width - wide) >> 1, (height - high) >> 1, wide, high);
  }
}

const NOTHING = {videoWidth: 0, videoHeight: 0};

/** Encoders want even sizes. */
function even(length: number): number {
  return Math.round(length / 2) * 2;
}
