import type {InputSettings} from './device-choice.js';
import type {MediaKinds} from '../types.js';
import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import {insteadOfAhead} from './open-ahead.js';
import {adopt, constraintsFor, inputKind, openDevice, wantedDevice} from './open-device.js';

/** The devices that could be opened, and why the others could not. */
export interface OpenedMedia {
  readonly stream: MediaStream;
  /**
   * `microphone-…` and `camera-…` refused, forbidden, missing, busy, or replaced by the next best one;
   * `processing-failed`; `insecure-page`. Empty if everything was opened.
   */
  readonly warnings: SipErrorCode[];
}

/**
 * Opens microphone and camera: together so that the browser asks once, or one by one if that fails.
 *
 * Never rejects: a device that cannot be opened becomes a warning.
 */
export async function openMedia(kinds: MediaKinds, input: InputSettings = {}): Promise<OpenedMedia> {
  return insteadOfAhead(() => openKinds(kinds, input));
}

async function openKinds(kinds: MediaKinds, input: InputSettings): Promise<OpenedMedia> {
  const stream = new MediaStream();
  const warnings: SipErrorCode[] = [];
  if (!kinds.audio && !kinds.video) return {stream, warnings};
  if (!hasDevices()) return {stream, warnings: ['insecure-page']};
  if (kinds.audio && kinds.video) {
    try {
      return await openBoth(input);
    } catch {
      // Only separate requests show which of the two failed.
    }
  }
  for (const kind of ['audio', 'video'] as const) {
    if (!kinds[kind]) continue;
    try {
      const opened = await openDevice(inputKind(kind), input);
      stream.addTrack(opened.track);
      warnings.push(...opened.warnings);
    } catch (error) {
      const {code, message} = toSipError(error);
      warnings.push(code);
      input.onFailure?.(message);
    }
  }
  return {stream, warnings};
}

/** Opens the camera alone. @throws {SipError} `camera-refused`, `camera-missing`, `camera-busy`, `insecure-page` */
export async function openCamera(input: InputSettings = {}): Promise<MediaStreamTrack> {
  if (!hasDevices()) throw new SipError('insecure-page');
  return (await openDevice('camera', input)).track;
}

/** Insecure pages have no `mediaDevices`, despite the type. */
function hasDevices(): boolean {
  return !!(navigator as {mediaDevices?: MediaDevices}).mediaDevices?.getUserMedia;
}

async function openBoth(input: InputSettings): Promise<OpenedMedia> {
  const [microphone, camera] = [await wantedDevice('microphone', input), await wantedDevice('camera', input)];
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: constraintsFor('microphone', microphone, input),
    video: constraintsFor('camera', camera, input),
  });
  const tracks = stream.getTracks();
  // Chromium opens only the device that the page's policy allows.
  if (tracks.length < 2) {
    for (const track of tracks) track.stop();
    throw new DOMException('Only one of two devices was given.', 'NotAllowedError');
  }
  const adopted = await Promise.allSettled(
    tracks.map((track) => adopt(track, track.kind === 'audio' ? microphone : camera, input)),
  );
  const opened = adopted.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = adopted.flatMap((result) =>
    result.status === 'rejected' ? toSipError(result.reason).code : [],
  );
  return {
    stream: new MediaStream(opened.map(({track}) => track)),
    warnings: [...failed, ...opened.flatMap(({warnings}) => warnings)],
  };
}
