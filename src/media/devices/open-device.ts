import type {InputKind, InputSettings, WantedDevice} from './device-choice.js';
import {toSipError, type SipErrorCode} from '../../errors.js';
import {deviceError} from './device-error.js';
import {processed} from './processing.js';

/** An open device, and the track that is sent from it. */
export interface OpenDevice {
  /** The track to send: the device's own, or the result of the page's processor. */
  readonly track: MediaStreamTrack;
  /** The device's own track. */
  readonly device: MediaStreamTrack;
  readonly kind: InputKind;
  /** The request that it was opened for. */
  readonly wanted: WantedDevice;
  /** How it differs from what was requested. */
  readonly warnings: readonly SipErrorCode[];
  /** Closes both tracks and ends the processor. Idempotent. */
  close(): void;
}

/** Any device of the kind. */
const ANY: WantedDevice = {key: 'any', constraints: {}, absent: false};

const opened = new WeakMap<MediaStreamTrack, OpenDevice>();

/** Returns the device that a track comes from; undefined for a track from elsewhere. */
export function deviceOf(track: MediaStreamTrack | undefined): OpenDevice | undefined {
  return track && opened.get(track);
}

/** Stops a track for good and closes its device, so that a leftover reference to the track keeps nothing else alive. */
export function closeTrack(track: MediaStreamTrack): void {
  track.stop();
  opened.get(track)?.close();
  opened.delete(track);
}

/** Returns the kind of device that tracks of a kind come from. */
export function inputKind(kind: string): InputKind {
  return kind === 'audio' ? 'microphone' : 'camera';
}

/** Returns the device to open; any device if there is no choice. */
export async function wantedDevice(kind: InputKind, {choice}: InputSettings): Promise<WantedDevice> {
  return choice ? choice.wanted(kind) : ANY;
}

/** Returns the constraints for a device of the kind. */
export function constraintsFor(
  kind: InputKind,
  {constraints}: WantedDevice,
  {audio}: InputSettings,
): MediaTrackConstraints | true {
  if (kind === 'camera') return Object.keys(constraints).length ? constraints : true;
  return {echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...audio, ...constraints};
}

/**
 * Opens the wanted device, or the next best one if it is gone.
 *
 * @param wanted - A certain device instead of the chosen one.
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

/** Registers an opened device, and runs the page's processor on it. */
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

/** Opens another device: the wanted one is gone, or has a new id, which shows only after access has been given. */
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
