import type {Page} from 'puppeteer-core';

/**
 * Gives a page a microphone that hears a steady tone, in hertz, also after its process has crashed. The browser's own is not
 * opened: it has 16 of them for all of its pages. Call it before the page loads its scripts.
 */
export async function sendsTone(page: Page, tone: number): Promise<void> {
  await page.evaluateOnNewDocument(giveTone, tone);
  await page.evaluate(giveTone, tone);
}

function giveTone(tone: number): void {
  const devices = navigator.mediaDevices as (MediaDevices & {tone?: number}) | undefined;
  if (!devices || devices.tone) return;
  devices.tone = tone;
  const open = devices.getUserMedia.bind(devices);
  let gain: GainNode | undefined;
  const microphone = (): MediaStreamTrack => {
    if (!gain) {
      const context = new AudioContext();
      const oscillator = new OscillatorNode(context, {frequency: tone});
      oscillator.connect((gain = new GainNode(context, {gain: 0.3})));
      oscillator.start();
    }
    const target = (gain.context as AudioContext).createMediaStreamDestination();
    gain.connect(target);
    return target.stream.getAudioTracks()[0]!;
  };
  devices.getUserMedia = async ({audio, ...others} = {}) => {
    const pictures = others.video ? (await open(others)).getTracks() : [];
    return new MediaStream([...(audio ? [microphone()] : []), ...pictures]);
  };
}
