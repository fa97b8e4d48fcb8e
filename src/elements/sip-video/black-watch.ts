/** How often a picture is looked at, in milliseconds. */
const INTERVAL = 500;
/** The size at which it is looked at: small, and yet no window on a black screen is overlooked. */
const SIZE = {width: 96, height: 54};
/** The brightest value, 0–255, that is still black: encoding does not brighten black, while a dark room has noise. */
const BLACK = 6;

/**
 * Notices that a video is black throughout, which is what browsers send for a camera that is off (Media Capture and
 * Streams, §4.3.3). One black look is not enough: cameras may begin with a black frame.
 */
export class BlackWatch {
  readonly #video: HTMLVideoElement;
  readonly #onChange: () => void;
  readonly #context: CanvasRenderingContext2D;
  readonly #timer: ReturnType<typeof setInterval>;
  #looks = 0;
  #dark = false;
  #frame: number | undefined;

  constructor(video: HTMLVideoElement, onChange: () => void) {
    this.#video = video;
    this.#onChange = onChange;
    const canvas = Object.assign(document.createElement('canvas'), SIZE);
    this.#context = canvas.getContext('2d', {willReadFrequently: true, alpha: false})!;
    this.#timer = setInterval(this.#look, INTERVAL);
  }

  /** Whether the video is black. */
  get dark(): boolean {
    return this.#dark;
  }

  /** Ends the watch. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#frame !== undefined) this.#video.cancelVideoFrameCallback(this.#frame);
  }

  readonly #look = (): void => {
    const video = this.#video;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return;
    const {width, height} = SIZE;
    this.#context.drawImage(video, 0, 0, width, height);
    const {data} = this.#context.getImageData(0, 0, width, height);
    this.#looks = data.every((value, index) => index % 4 === 3 || value <= BLACK) ? this.#looks + 1 : 0;
    const dark = this.#looks > 1;
    // The first frame that is not black is shown at once.
    if (dark && this.#frame === undefined && 'requestVideoFrameCallback' in video)
      this.#frame = video.requestVideoFrameCallback(() => {
        this.#frame = undefined;
        this.#look();
      });
    if (dark === this.#dark) return;
    this.#dark = dark;
    this.#onChange();
  };
}
