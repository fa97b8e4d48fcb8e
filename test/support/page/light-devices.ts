import type {Page} from 'puppeteer-core';

/**
 * Has a page's devices give what a test needs and no more: a small and slow picture, sound without an echo canceller, and
 * a small copy of a shared screen. With the browser's defaults, most of a test's time goes into pictures that nobody
 * looks at.
 *
 * Only what the page asks the browser for is replaced. Call it before the page loads its scripts.
 */
export async function lightDevices(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(lighten);
  await page.evaluate(lighten);
}

function lighten(): void {
  // An insecure page has no devices.
  const devices = navigator.mediaDevices as (MediaDevices & {light?: boolean}) | undefined;
  if (!devices || devices.light) return;
  devices.light = true;
  const [userMedia, displayMedia] = [
    devices.getUserMedia.bind(devices),
    devices.getDisplayMedia.bind(devices),
  ];
  const add = (asked: boolean | MediaTrackConstraints | undefined, added: MediaTrackConstraints) =>
    asked && {...(asked !== true && asked), ...added};
  devices.getUserMedia = ({audio, video, ...rest} = {}) =>
    userMedia({
      ...rest,
      audio: add(audio, {echoCancellation: false, noiseSuppression: false, autoGainControl: false})!,
      video: add(video, {width: 320, height: 240, frameRate: 10})!,
    });
  devices.getDisplayMedia = ({video, ...rest} = {}) =>
    displayMedia({
      ...rest,
      video: add(video, {width: {max: 480}, height: {max: 300}, frameRate: {max: 10}})!,
    });
}
