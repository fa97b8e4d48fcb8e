import type {Page} from 'puppeteer-core';

/** What a page receives in its newest call, measured after decoding. */
export interface Received {
  /** Pictures that were decoded and differed from the one before. */
  readonly frames: number;
  /** The loudest short-time energy of the sound, as a root mean square of 0–1. */
  readonly energy: number;
}

/** What has arrived at a page's peer connections so far, even if it is not played, as on hold. Needs the witness. */
export interface Arrived {
  readonly audioPackets: number;
  readonly videoPackets: number;
  readonly frames: number;
  readonly keyFrames: number;
}

/** Counts what has arrived at a page. */
export function arrived(page: Page): Promise<Arrived> {
  return page.evaluate(async () => {
    const {peers} = (window as any).opened as {peers: Set<RTCPeerConnection>};
    const count = {audioPackets: 0, videoPackets: 0, frames: 0, keyFrames: 0};
    for (const peer of peers)
      (await peer.getStats()).forEach((entry: RTCInboundRtpStreamStats) => {
        if (entry.type !== 'inbound-rtp') return;
        count[entry.kind === 'audio' ? 'audioPackets' : 'videoPackets'] += entry.packetsReceived ?? 0;
        count.frames += entry.framesDecoded ?? 0;
        count.keyFrames += entry.keyFramesDecoded ?? 0;
      });
    return count;
  });
}

/** Waits until nothing has arrived at a page for this many milliseconds; returns what had arrived before. */
export async function nothingArrives(page: Page, during = 700): Promise<Arrived> {
  const packets = ({audioPackets, videoPackets}: Arrived): number => audioPackets + videoPackets;
  for (let before = await arrived(page); ;) {
    await new Promise((resolve) => setTimeout(resolve, during));
    const now = await arrived(page);
    if (packets(now) === packets(before)) return now;
    before = now;
  }
}

/** Waits until the newest call of the page's client is heard. */
export async function hears(page: Page, selector: string): Promise<void> {
  await receives(page, selector, {frames: 0, energy: 0.01});
}

/**
 * Waits until the newest call of the page's client has shown the number of new pictures and sound above the energy,
 * and gives what was measured; rejects by the test's own time limit.
 */
export async function receives(page: Page, selector: string, wanted: Received): Promise<Received> {
  return page.evaluate(
    async (selector, wanted) => {
      const element = document.querySelector(selector) as unknown as {calls: {remoteStream?: MediaStream}[]};
      const stream = (): MediaStream => element.calls.at(-1)?.remoteStream ?? new MediaStream();
      // An element without a track never plays.
      while (!stream().getAudioTracks().length || (wanted.frames && !stream().getVideoTracks().length))
        await new Promise((resolve) => setTimeout(resolve, 20));
      const video = document.createElement('video');
      video.muted = true;
      video.playsInline = true;
      video.srcObject = new MediaStream(stream().getVideoTracks());
      const context = new AudioContext();
      await context.resume();
      const analyser = context.createAnalyser();
      // A remote stream reaches WebAudio only while an element plays it.
      const audio = new Audio();
      audio.muted = true;
      audio.srcObject = new MediaStream(stream().getAudioTracks());
      await audio.play();
      context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analyser);
      if (wanted.frames) await video.play();
      const samples = new Float32Array(analyser.fftSize);
      let frames = 0;
      let energy = 0;
      if (wanted.frames) {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 32;
        const paint = canvas.getContext('2d', {willReadFrequently: true})!;
        let before = '';
        const onFrame = (): void => {
          paint.drawImage(video, 0, 0, 32, 32);
          const picture = paint.getImageData(0, 0, 32, 32).data.join();
          if (picture !== before) frames += 1;
          before = picture;
          video.requestVideoFrameCallback(onFrame);
        };
        video.requestVideoFrameCallback(onFrame);
      }
      while (frames < wanted.frames || energy < wanted.energy) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        analyser.getFloatTimeDomainData(samples);
        energy = Math.max(
          energy,
          Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length),
        );
      }
      video.srcObject = audio.srcObject = null;
      await context.close();
      return {frames, energy};
    },
    selector,
    wanted,
  );
}

/** Waits until the page's newest call has been silent for this many milliseconds. */
export async function fallsSilent(page: Page, selector: string, during = 1200): Promise<void> {
  await page.evaluate(
    async (selector, during) => {
      const {calls} = document.querySelector(selector) as unknown as {calls: {remoteStream: MediaStream}[]};
      const audio = new Audio();
      audio.muted = true;
      audio.srcObject = new MediaStream(calls.at(-1)!.remoteStream.getAudioTracks());
      await audio.play();
      const context = new AudioContext();
      await context.resume();
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let since = performance.now();
      while (performance.now() - since < during) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        analyser.getFloatTimeDomainData(samples);
        if (samples.some((sample) => Math.abs(sample) > 0.004)) since = performance.now();
      }
      audio.srcObject = null;
      await context.close();
    },
    selector,
    during,
  );
}

/** Waits until the page's newest call has received no new frame for this many milliseconds. */
export async function standsStill(page: Page, selector: string, during = 1000): Promise<void> {
  await page.evaluate(
    async (selector, during) => {
      const {calls} = document.querySelector(selector) as unknown as {calls: {remoteStream: MediaStream}[]};
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = new MediaStream(calls.at(-1)!.remoteStream.getVideoTracks());
      // It waits for a first picture, which may never come.
      video.play().catch(() => {});
      let since = performance.now();
      const onFrame = (): void => {
        since = performance.now();
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
      while (performance.now() - since < during) await new Promise((resolve) => setTimeout(resolve, 20));
      video.srcObject = null;
    },
    selector,
    during,
  );
}

/** Waits until the picture that an element shows is black (or is not any more). */
export async function turnsBlack(page: Page, selector: string, black = true): Promise<void> {
  await page.evaluate(
    async (selector, black) => {
      const video = document
        .querySelector(selector)!
        .querySelector('sip-call')!
        .shadowRoot!.querySelector('.remote')!
        .shadowRoot!.querySelector('video')!;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 16;
      const paint = canvas.getContext('2d', {willReadFrequently: true})!;
      for (;;) {
        paint.drawImage(video, 0, 0, 16, 16);
        const {data} = paint.getImageData(0, 0, 16, 16);
        const brightest = data.reduce(
          (most, value, index) => (index % 4 === 3 ? most : Math.max(most, value)),
          0,
        );
        if (brightest < 40 === black) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    selector,
    black,
  );
}
