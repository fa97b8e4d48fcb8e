/** A track of one tone, which stays until it is stopped. */
export interface Tone {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** Sounds a tone of the frequency, in hertz. */
export function tone(frequency: number): Tone {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, {frequency});
  const target = context.createMediaStreamDestination();
  oscillator.connect(new GainNode(context, {gain: 0.3})).connect(target);
  oscillator.start();
  return {
    track: target.stream.getAudioTracks()[0]!,
    stop: () => {
      target.stream.getAudioTracks()[0]!.stop();
      void context.close();
    },
  };
}

/** A picture of one color, which can be another one later. */
export interface Painting {
  readonly track: MediaStreamTrack;
  paint(color: string, width?: number, height?: number): void;
  stop(): void;
}

/** Paints a picture ten times a second. */
export function painting(first: string, width: number, height: number): Painting {
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  const context = canvas.getContext('2d', {alpha: false})!;
  let color = first;
  const draw = (): void => {
    context.fillStyle = color;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  draw();
  const track = canvas.captureStream().getVideoTracks()[0]!;
  const timer = setInterval(draw, 100);
  return {
    track,
    paint(next, width = canvas.width, height = canvas.height) {
      color = next;
      Object.assign(canvas, {width, height});
      draw();
    },
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** The colors that these tests distinguish. */
export type Color = 'black' | 'red' | 'green' | 'blue';

/** Returns the color that a pixel clearly has. */
export function colorOf(pixel: readonly number[]): Color | undefined {
  if (pixel.every((value) => value < 40)) return 'black';
  const strong = pixel.flatMap((value, index) => (value > 150 ? [index] : []));
  const weak = pixel.filter((value) => value < 80);
  return strong.length === 1 && weak.length === 2
    ? (['red', 'green', 'blue'] as const)[strong[0]!]
    : undefined;
}

/** A picture that is being recorded, as the recorder gets it. */
export interface Recorded {
  /** How many frames it has got. */
  readonly frames: number;
  /** The color at a place of the picture now, 0–1; undefined before the first frame. */
  color(x?: number, y?: number): Color | undefined;
  stop(): void;
}

/** Looks at the pictures of the recorders that are made from now on and reports on the last one. */
export function recorded(): Recorded {
  const {MediaRecorder: Native} = window;
  const video = Object.assign(document.createElement('video'), {muted: true, autoplay: true});
  window.MediaRecorder = class extends Native {
    constructor(stream: MediaStream, options?: MediaRecorderOptions) {
      super(stream, options);
      video.srcObject = new MediaStream(stream.getVideoTracks());
    }
  };
  let frames = 0;
  const count = (): void => {
    frames += 1;
    video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
  return {
    get frames() {
      return frames;
    },
    color(x = 0.5, y = 0.5) {
      const [canvas, paint] = canvasOf(video);
      if (!canvas.width) return undefined;
      paint.drawImage(video, 0, 0);
      return colorOf(pixelOf(canvas, paint, x, y).slice(0, 3));
    },
    stop() {
      window.MediaRecorder = Native;
      video.srcObject = null;
    },
  };
}

function canvasOf(video: HTMLVideoElement): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, {width: video.videoWidth, height: video.videoHeight});
  return [canvas, canvas.getContext('2d', {willReadFrequently: true})!];
}

function pixelOf(
  {width, height}: HTMLCanvasElement,
  paint: CanvasRenderingContext2D,
  x: number,
  y: number,
): [number, number, number, number] {
  const {data} = paint.getImageData(Math.floor(x * (width - 1)), Math.floor(y * (height - 1)), 1, 1);
  return [data[0]!, data[1]!, data[2]!, data[3]!];
}

/** A recording, decoded again by the browser. */
export interface Decoded {
  /** In seconds, as the file says. */
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  /** The ranges that can be seeked to, as seconds. */
  readonly seekable: readonly (readonly [number, number])[];
  /** The color at a place of the picture, 0–1, at a time: seeks there. */
  color(time: number, x?: number, y?: number): Promise<[number, number, number]>;
  /** The colors at a place of the picture from the beginning to the end, each one once until it changes. */
  scenes(x?: number, y?: number): Promise<Color[]>;
  /** How loud a frequency is in a part of the file, times in seconds; 1 is a full sine. */
  level(frequency: number, from?: number, to?: number): number;
  /** The length of the sound itself, in seconds. */
  readonly sound: number;
  close(): void;
}

/** How far the pictures are apart that `scenes` looks at, in seconds. */
const SCENE = 0.1;

/** Decodes a recording: its picture by a `<video>`, its sound by WebAudio. */
export async function decoded(file: Blob): Promise<Decoded> {
  const video = document.createElement('video');
  video.muted = true;
  const url = URL.createObjectURL(file);
  video.src = url;
  const load = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
      video.load();
    });
  await load();
  const context = new OfflineAudioContext(1, 1, 48_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const samples = sound.getChannelData(0);
  const color: Decoded['color'] = async (time, x = 0.5, y = 0.5) => {
    const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve, {once: true}));
    video.currentTime = time;
    await seeked;
    const [canvas, paint] = canvasOf(video);
    for (;;) {
      paint.drawImage(video, 0, 0);
      const [red, green, blue, alpha] = pixelOf(canvas, paint, x, y);
      // On a busy machine the first picture may come later than the event.
      if (alpha > 0) return [red, green, blue];
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    duration: video.duration,
    width: video.videoWidth,
    height: video.videoHeight,
    seekable: Array.from({length: video.seekable.length}, (_, index) => [
      video.seekable.start(index),
      video.seekable.end(index),
    ]),
    sound: sound.duration,
    color,
    async scenes(x, y) {
      const scenes: Color[] = [];
      // After a look at the end, its picture would still be drawn for a moment once the beginning is sought.
      await load();
      for (let time = 0; time < video.duration; time += SCENE) {
        const scene = colorOf(await color(time, x, y));
        if (scene && scene !== scenes.at(-1)) scenes.push(scene);
      }
      return scenes;
    },
    level(frequency, from = 0, to = sound.duration) {
      return goertzel(
        samples.subarray(Math.round(from * sound.sampleRate), Math.round(to * sound.sampleRate)),
        frequency / sound.sampleRate,
      );
    },
    close() {
      video.removeAttribute('src');
      video.load();
      URL.revokeObjectURL(url);
    },
  };
}

/** The amplitude of one frequency, in cycles a sample (Goertzel's algorithm), the mean over blocks of 20 ms. */
function goertzel(samples: Float32Array, frequency: number): number {
  const block = 960;
  const factor = 2 * Math.cos(2 * Math.PI * frequency);
  let sum = 0;
  let blocks = 0;
  for (let start = 0; start + block <= samples.length; start += block) {
    let [before, last] = [0, 0];
    for (let index = start; index < start + block; index += 1)
      [before, last] = [last, samples[index]! + factor * last - before];
    sum += Math.sqrt(Math.max(0, last ** 2 + before ** 2 - factor * last * before)) / (block / 2);
    blocks += 1;
  }
  return blocks ? sum / blocks : 0;
}
