import type {InputKind, InputSettings, WantedDevice} from './device-choice.js';
import {toSipError, type SipErrorCode} from '../../errors.js';
import {deviceError} from './device-error.js';
import {processed} from './processing.js';

/** A device that was opened, and the track that is sent of it. */
export interface OpenDevice {
  /** What is sent: the device's own track, or what the page's processor made of it. */
  readonly track: MediaStreamTrack;
  /** The device's own track. */
  readonly device: MediaStreamTrack;
  readonly kind: InputKind;
  /** What it was opened for. */
  readonly wanted: WantedDevice;
  /** What is not as it was asked for. */
  readonly warnings: readonly SipErrorCode[];
  /** Closes it: both tracks, and what the processor holds. Idempotent. */
  close(): void;
}

/** Any device of the kind. */
const ANY: WantedDevice = {key: 'any', constraints: {}, absent: false};

const opened = new WeakMap<MediaStreamTrack, OpenDevice>();

/** The device that a track is sent of; undefined for one that comes from elsewhere. */
export function deviceOf(track: MediaStreamTrack | undefined): OpenDevice | undefined {
  return track && opened.get(track);
}

/** Stops a track for good, and closes the device that it is sent of: what still holds the track holds nothing else. */
export function closeTrack(track: MediaStreamTrack): void {
  track.stop();
  opened.get(track)?.close();
  opened.delete(track);
}

/** The kind of device that tracks of a kind come from. */
export function inputKind(kind: string): InputKind {
  return kind === 'audio' ? 'microphone' : 'camera';
}

/** Which device to open; the system's where nobody chooses. */
export async function wantedDevice(kind: InputKind, {choice}: InputSettings): Promise<WantedDevice> {
  return choice ? choice.wanted(kind) : ANY;
}

/** What is asked of a device of the kind. */
export function constraintsFor(
  kind: InputKind,
  {constraints}: WantedDevice,
  {audio}: InputSettings,
): MediaTrackConstraints | true {
  if (kind === 'camera') return Object.keys(constraints).length ? constraints : true;
  return {echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...audio, ...constraints};
}

/**
 * Opens the device that is wanted; where that one is gone, the next best.
 *
 * @param wanted - A certain one instead of what is chosen.
 * @throws {SipError} `microphone-…` and `camera-…` refused, forbidden, missing or busy
 */
export async function openDevice(
  kind: InputKind,
  input: InputSettings,
  wanted?: WantedDevice,
): Promise<OpenDevice> {
  const first = wanted ?? (await wantedDevice(kind, input));
  try {
    return await adopt(await open(kind, first, input), first, input);
  } catch (error) {
    const gone = ['OverconstrainedError', 'NotFoundError'].includes((error as DOMException).name);
    if (!gone || !('deviceId' in first.constraints)) throw await deviceError(error, kind);
  }
  try {
    return await openNextBest(kind, input);
  } catch (error) {
    throw await deviceError(error, kind);
  }
}

/** Makes what the browser has opened known, and has the page's processor take it over. */
export async function adopt(
  device: MediaStreamTrack,
  wanted: WantedDevice,
  input: InputSettings,
): Promise<OpenDevice> {
  const kind = inputKind(device.kind);
  const warnings: SipErrorCode[] = wanted.absent ? [`${kind}-replaced`] : [];
  const ending = new AbortController();
  const processor = kind === 'microphone' ? input.processAudio : input.processVideo;
  let track = device;
  if (processor) {
    const {track: made, failure} = await processed(device, processor, ending.signal);
    track = made;
    if (failure) {
      warnings.push('processing-failed');
      ending.abort();
      input.onFailure?.(`The page’s processor of the ${kind} failed: ${toSipError(failure).message}`);
    }
  }
  const open: OpenDevice = {
    track,
    device,
    kind,
    wanted,
    warnings,
    close() {
      track.stop();
      device.stop();
      ending.abort();
    },
  };
  opened.set(track, open);
  return open;
}

/** The wanted one is gone, or is known by another id, which shows only now that access has been given. */
async function openNextBest(kind: InputKind, input: InputSettings): Promise<OpenDevice> {
  const any = await open(kind, ANY, input);
  const again = await wantedDevice(kind, input);
  if (!('deviceId' in again.constraints)) return adopt(any, again, input);
  try {
    const found = await open(kind, again, input);
    any.stop();
    return await adopt(found, again, input);
  } catch {
    return adopt(any, {...ANY, absent: true}, input);
  }
}

async function open(kind: InputKind, wanted: WantedDevice, input: InputSettings): Promise<MediaStreamTrack> {
  const media = kind === 'microphone' ? 'audio' : 'video';
  const constraints = {[media]: constraintsFor(kind, wanted, input)};
  return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks()[0]!;
}
