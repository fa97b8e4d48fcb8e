import type {MediaKinds} from './types.js';
import {toSipError, type SipErrorCode} from '../errors.js';

/** What could be opened, and why the rest could not. */
export interface OpenedMedia {
  readonly stream: MediaStream;
  /** `microphone-…` and `camera-…` refused, missing or busy; `insecure-page`. Empty where all was had. */
  readonly warnings: SipErrorCode[];
}

/** What is asked of a microphone. */
const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/**
 * Opens microphone and camera, together so that the browser asks once, and one by one where that fails.
 *
 * Never rejects: a device that cannot be had becomes a warning.
 */
export async function openMedia(kinds: MediaKinds): Promise<OpenedMedia> {
  const stream = new MediaStream();
  const warnings: SipErrorCode[] = [];
  if (!kinds.audio && !kinds.video) return {stream, warnings};
  // Insecure pages have no devices at all, whatever the type says.
  if (!(navigator as {mediaDevices?: MediaDevices}).mediaDevices?.getUserMedia)
    return {stream, warnings: ['insecure-page']};
  if (kinds.audio && kinds.video) {
    try {
      return {stream: await openDevices({audio: true, video: true}), warnings};
    } catch {
      // Which of the two it was shows only when each is asked for alone.
    }
  }
  for (const kind of ['audio', 'video'] as const) {
    if (!kinds[kind]) continue;
    try {
      const opened = await openDevices({audio: kind === 'audio', video: kind === 'video'});
      for (const track of opened.getTracks()) stream.addTrack(track);
    } catch (error) {
      warnings.push(toSipError(error, undefined, kind === 'audio' ? 'microphone' : 'camera').code);
    }
  }
  return {stream, warnings};
}

/** Opens the camera alone. @throws {SipError} `camera-refused`, `camera-missing`, `camera-busy`, `insecure-page` */
export async function openCamera(): Promise<MediaStreamTrack> {
  try {
    return (await openDevices({audio: false, video: true})).getVideoTracks()[0]!;
  } catch (error) {
    throw toSipError(error, undefined, 'camera');
  }
}

function openDevices({audio, video}: MediaKinds): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({audio: audio && MICROPHONE, video});
}
