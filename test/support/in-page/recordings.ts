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
  /** How loud a frequency is in a part of the file, times in seconds; 1 is a full sine. */
  level(frequency: number, from?: number, to?: number): number;
  /** The length of the sound itself, in seconds. */
  readonly sound: number;
  close(): void;
}

/** Decodes a recording: its picture by a `<video>`, its sound by WebAudio. */
export async function decoded(file: Blob): Promise<Decoded> {
  const video = document.createElement('video');
  video.muted = true;
  const url = URL.createObjectURL(file);
  const loaded = new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(video.error?.message));
  });
  video.src = url;
  await loaded;
  const context = new OfflineAudioContext(1, 1, 48_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const samples = sound.getChannelData(0);
  return {
    duration: video.duration,
    width: video.videoWidth,
    height: video.videoHeight,
    seekable: Array.from({length: video.seekable.length}, (_, index) => [
      video.seekable.start(index),
      video.seekable.end(index),
    ]),
    sound: sound.duration,
    async color(time, x = 0.5, y = 0.5) {
      const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve, {once: true}));
      video.currentTime = time;
      await seeked;
      const canvas = document.createElement('canvas');
      Object.assign(canvas, {width: video.videoWidth, height: video.videoHeight});
      const paint = canvas.getContext('2d', {willReadFrequently: true})!;
      const [at, down] = [Math.floor(x * (canvas.width - 1)), Math.floor(y * (canvas.height - 1))];
      for (;;) {
        paint.drawImage(video, 0, 0);
        const [red = 0, green = 0, blue = 0, alpha = 0] = paint.getImageData(at, down, 1, 1).data;
        // On a busy machine the first picture may come later than the event.
        if (alpha > 0) return [red, green, blue];
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
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
