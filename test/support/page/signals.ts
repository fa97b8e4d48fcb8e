import type {Frame, Page} from 'puppeteer-core';

/** The colours of a picture's left and right half, each part 0–255. */
export type Halves = readonly [left: readonly number[], right: readonly number[]];

/** What a page sends instead of its fake devices' media, by the processors that a page may set. */
export interface Signals {
  /** In hertz. */
  readonly tone: number;
  readonly halves: Halves;
  readonly width?: number;
  readonly height?: number;
}

/** An empty picture. */
export const BLACK: Halves = [
  [0, 0, 0],
  [0, 0, 0],
];

/**
 * Makes a page's `<sip-client>` send a steady tone and a picture of two colours with a white bar that wanders through its
 * lower half. The devices are opened and closed all the same. To be called before it connects.
 */
export async function sendsSignals(page: Page, signals: Signals): Promise<void> {
  await page.evaluate(({tone, halves: [left, right], width = 320, height = 240}) => {
    const processAudio = (_: MediaStreamTrack, {signal}: {signal: AbortSignal}): MediaStreamTrack => {
      const context = new AudioContext();
      signal.addEventListener('abort', () => void context.close());
      const oscillator = new OscillatorNode(context, {frequency: tone});
      const target = context.createMediaStreamDestination();
      oscillator.connect(new GainNode(context, {gain: 0.3})).connect(target);
      oscillator.start();
      return target.stream.getAudioTracks()[0]!;
    };
    const processVideo = (_: MediaStreamTrack, {signal}: {signal: AbortSignal}): MediaStreamTrack => {
      const canvas = Object.assign(document.createElement('canvas'), {width, height});
      const context = canvas.getContext('2d', {alpha: false})!;
      let place = 0;
      const draw = (): void => {
        context.fillStyle = `rgb(${left.join()})`;
        context.fillRect(0, 0, width / 2, height);
        context.fillStyle = `rgb(${right.join()})`;
        context.fillRect(width / 2, 0, width / 2, height);
        context.fillStyle = 'white';
        context.fillRect(place, height * 0.75, width / 8, height / 8);
        place = (place + width / 16) % width;
      };
      draw();
      const timer = setInterval(draw, 100);
      signal.addEventListener('abort', () => clearInterval(timer));
      return canvas.captureStream().getVideoTracks()[0]!;
    };
    (document.querySelector('sip-client') as any).options = {processAudio, processVideo};
  }, signals);
}

/** Waits until the upper half of the other side's picture in a page's call has these colours. */
export async function showsHalves(page: Page, halves: Halves): Promise<void> {
  await page.evaluate(async (halves) => {
    const video = document.createElement('video');
    video.muted = true;
    const canvas = Object.assign(document.createElement('canvas'), {width: 4, height: 4});
    const context = canvas.getContext('2d', {willReadFrequently: true})!;
    const fits = (): boolean => {
      const track: MediaStreamTrack | undefined = (window as any).call.remoteStream?.getVideoTracks()[0];
      if (track !== (video.srcObject as MediaStream | null)?.getVideoTracks()[0]) {
        video.srcObject = track ? new MediaStream([track]) : null;
        if (track) video.play().catch(() => {});
      }
      if (!track || !video.videoWidth) return false;
      context.drawImage(video, 0, 0, 4, 4);
      return halves.every((colour, index) => {
        const {data} = context.getImageData(index * 3, 1, 1, 1);
        return colour.every((part, place) => Math.abs(part - data[place]!) < 45);
      });
    };
    while (!fits()) await new Promise((resolve) => setTimeout(resolve, 20));
    video.srcObject = null;
  }, halves);
}

/** Waits until a page's call plays these frequencies and none of the others, all in hertz. */
export async function hearsTones(page: Page, tones: number[], not: number[] = []): Promise<void> {
  await page.evaluate(
    async (tones, not) => {
      // A remote stream reaches WebAudio only while an element plays it.
      const audio = new Audio();
      audio.muted = true;
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0});
      let source: MediaStreamAudioSourceNode | undefined;
      let heard: MediaStreamTrack | undefined;
      /** Whether there is a track; it may come late, and another one may take its place. */
      const follows = (): boolean => {
        const track: MediaStreamTrack | undefined = (window as any).call.remoteStream?.getAudioTracks()[0];
        if (track === heard) return !!track;
        heard = track;
        source?.disconnect();
        audio.srcObject = track ? new MediaStream([track]) : null;
        if (!track) return false;
        audio.play().catch(() => {});
        source = context.createMediaStreamSource(audio.srcObject as MediaStream);
        source.connect(analyser);
        return true;
      };
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const level = (frequency: number): number => {
        const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate);
        return Math.max(...spectrum.subarray(bin - 2, bin + 3));
      };
      // On a busy machine sound has gaps, whose clicks are in every frequency: each is judged by the last half second.
      const last: {readonly heard: ReadonlySet<number>; readonly silent: ReadonlySet<number>}[] = [];
      const fits = (): boolean => {
        if (!follows()) return false;
        analyser.getFloatFrequencyData(spectrum);
        const heard = new Set(tones.filter((tone) => level(tone) >= -40));
        // A gap is silent, which proves nothing.
        const tells = tones.length === 0 || heard.size > 0;
        last.push({heard, silent: new Set(not.filter((tone) => tells && level(tone) <= -60))});
        if (last.length > 10) last.shift();
        return (
          tones.every((tone) => last.some((each) => each.heard.has(tone))) &&
          not.every((tone) => last.some((each) => each.silent.has(tone)))
        );
      };
      do await new Promise((resolve) => setTimeout(resolve, 50));
      while (!fits());
      audio.srcObject = null;
      await context.close();
    },
    tones,
    not,
  );
}

/** Starts to listen to a page's call, so that {@link hearsNow} needs no setup. */
export async function listens(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const scope = window as any;
    const audio = (scope.listening = new Audio());
    audio.muted = true;
    audio.srcObject = new MediaStream(scope.call.remoteStream.getAudioTracks());
    await audio.play();
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});
    context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analyser);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    /** How loud a frequency is at this moment, in decibels. */
    scope.loudness = (frequency: number): number => {
      analyser.getFloatFrequencyData(spectrum);
      const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate);
      return Math.max(...spectrum.subarray(bin - 2, bin + 3));
    };
  });
}

/** Waits until such a page hears these frequencies and none of the others; returns the time since the epoch in ms. */
export function hearsNow(page: Page, tones: number[], not: number[] = []): Promise<number> {
  return page.evaluate(
    async (tones, not) => {
      const {loudness} = window as any;
      while (tones.some((tone) => loudness(tone) < -40) || not.some((tone) => loudness(tone) > -60))
        await new Promise((resolve) => setTimeout(resolve, 5));
      return performance.timeOrigin + performance.now();
    },
    tones,
    not,
  );
}

/** How many media lines each description of a page's peer connections has, its own and the other side's. */
export function mediaLineCounts(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    [...((window as any).opened.peers as Set<RTCPeerConnection>)]
      .filter(({signalingState}) => signalingState !== 'closed')
      .flatMap(({localDescription, remoteDescription}) => [localDescription, remoteDescription])
      .map((description) => description!.sdp.split(/^m=/m).length - 1),
  );
}

/**
 * Keeps the first lines of what a page sends to its server from now on, by itself or by the worker of all tabs,
 * keep-alives apart; taken by {@link takeSent}.
 */
export async function keepSent(page: Page | Frame): Promise<void> {
  await page.evaluate(() => {
    const {send} = WebSocket.prototype;
    const {postMessage} = MessagePort.prototype;
    const sent: string[] = ((window as any).sent = []);
    const keep = (data: unknown): void => {
      if (typeof data === 'string' && data.trim()) sent.push(data.split('\r\n', 1)[0]!);
    };
    WebSocket.prototype.send = function (data) {
      keep(data);
      send.call(this, data);
    };
    MessagePort.prototype.postMessage = function (message: {readonly send?: string}) {
      keep(message.send);
      postMessage.call(this, message);
    };
  });
}

/** Takes what was kept. */
export function takeSent(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as any).sent.splice(0));
}
