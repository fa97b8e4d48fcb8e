import {filesOf} from './effect-files.js';

/** The script of the library, which runs without a bundler. */
const SCRIPT = 'twilio-video-processors.min.js';

/** The smallest radius of the blur, and its share of the longer side of the picture. */
const [LEAST_BLUR, BLUR_SHARE] = [15, 1 / 40];

/** A processor of the library. */
export interface FrameProcessor {
  loadModel(): Promise<void>;
  processFrame(frame: VideoFrame | HTMLVideoElement, output: HTMLCanvasElement): Promise<void>;
}

interface ProcessorOptions {
  readonly assetsPath: string;
  readonly blurFilterRadius?: number;
  readonly backgroundImage?: HTMLImageElement;
  readonly fitType?: string;
}

/** What the library's script defines. */
interface Library {
  readonly GaussianBlurBackgroundProcessor: new (options: ProcessorOptions) => FrameProcessor;
  readonly VirtualBackgroundProcessor: new (options: ProcessorOptions) => FrameProcessor;
}

/** What Chromium has to read the frames of a track. */
type TrackProcessorConstructor = new (init: {track: MediaStreamTrack}) => {
  readonly readable: ReadableStream<VideoFrame>;
};

/** The window of the frame. */
export type FrameWindow = Window &
  typeof globalThis & {
    readonly MediaStreamTrackProcessor?: TrackProcessorConstructor;
    readonly Twilio?: {readonly VideoProcessors?: Library};
  };

/** What replaces the background. */
export interface Background {
  /** The picture; undefined to blur what is there. */
  readonly picture: string | undefined;
  /** The longer side of what the camera sends, in pixels. */
  readonly side: number;
}

/**
 * A frame of the page that has the library, its worker and its model. The library never ends its worker: without the
 * frame all of it is gone.
 */
export class BackgroundFrame {
  /** Rejects if a script of the page removes the frame: nothing in it runs any more, and nothing says so. */
  readonly removal: Promise<never>;
  readonly #frame: HTMLIFrameElement;
  readonly #window: Window | null;
  readonly #observer: MutationObserver;

  constructor() {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.tabIndex = -1;
    frame.ariaHidden = 'true';
    // Not in the body, which libraries replace when the user goes to another page of the site.
    const root = document.documentElement;
    root.append(frame);
    this.#frame = frame;
    this.#window = frame.contentWindow;
    let onRemoval: (error: Error) => void;
    this.removal = new Promise((_, reject) => (onRemoval = reject));
    this.removal.catch(() => {});
    this.#observer = new MutationObserver(() => {
      if (!this.isThere) onRemoval(new TypeError('The page has removed the frame.'));
    });
    for (const parent of [document, root]) this.#observer.observe(parent, {childList: true});
  }

  /**
   * Whether it has what it was made with: a frame that is moved is loaded anew, in another window. Its document tells nothing:
   * Firefox replaces that of a new frame.
   */
  get isThere(): boolean {
    return this.#frame.contentWindow === this.#window;
  }

  get window(): FrameWindow {
    return this.#frame.contentWindow as FrameWindow;
  }

  get document(): Document {
    return this.#frame.contentDocument!;
  }

  /** Loads the library with its model. */
  async load(assets: string, {picture, side}: Background): Promise<FrameProcessor> {
    const file = filesOf(assets);
    await loaded(this.document, 'script', file(SCRIPT));
    const library = this.window.Twilio?.VideoProcessors;
    if (!library) throw new TypeError(`${SCRIPT} is another file.`);
    // With the origin, the library would take the folder for another one: the frame has no origin of its own to compare.
    const assetsPath = file('').pathname;
    const processor = picture
      ? new library.VirtualBackgroundProcessor({
          assetsPath,
          backgroundImage: await loaded(this.document, 'img', new URL(picture, document.baseURI)),
          fitType: 'Cover',
        })
      : new library.GaussianBlurBackgroundProcessor({
          assetsPath,
          blurFilterRadius: Math.max(LEAST_BLUR, Math.round(side * BLUR_SHARE)),
        });
    await processor.loadModel();
    return processor;
  }

  /** Ends everything; idempotent. */
  close(): void {
    this.#observer.disconnect();
    this.#frame.remove();
  }
}

/** Loads what an element shows or runs, in the document that has it. */
async function loaded<K extends 'script' | 'img'>(
  owner: Document,
  tag: K,
  address: URL,
): Promise<HTMLElementTagNameMap[K]> {
  const element = owner.createElement(tag);
  await new Promise<void>((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => reject(new TypeError(`${address.pathname} does not load.`));
    if (tag === 'img') (element as HTMLImageElement).crossOrigin = 'anonymous';
    element.src = address.href;
    if (tag === 'script') owner.head.append(element);
  });
  return element;
}
