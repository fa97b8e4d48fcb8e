import type {InputKind, InputSettings, TrackProcessor, WantedDevice} from './device-choice.js';
import type {ChosenEffect} from './device-effect.js';
import {mediaDurations} from '../../durations/media.js';
import {SipError, textOf, type SipErrorCode} from '../../errors.js';
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
  /** The effect that the track has. */
  readonly effect: ChosenEffect | undefined;
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

/** Whether a device works, and what is made of it. */
export function isLive({device, track}: OpenDevice): boolean {
  return device.readyState === 'live' && track.readyState === 'live';
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
  {audio, video}: InputSettings,
): MediaTrackConstraints | true {
  // Browsers ignore the settings that are no constraints.
  const wanted = {...(kind === 'camera' ? video : audio), ...constraints};
  if (kind === 'camera') return Object.keys(wanted).length ? wanted : true;
  const channels = audio?.stereo && {channelCount: 2};
  return {echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...channels, ...wanted};
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

/**
 * Registers an opened device, and runs the effect that the user has chosen and the page's processor on it.
 *
 * @throws {SipError} `camera-effect-failed`: what the user wanted hidden is not sent.
 */
export async function adopt(
  device: MediaStreamTrack,
  wanted: WantedDevice,
  input: InputSettings,
): Promise<OpenDevice> {
  const kind = inputKind(device.kind);
  const warnings: SipErrorCode[] = wanted.absent ? [`${kind}-replaced`] : [];
  const endings: (() => void)[] = [() => device.stop()];
  const close = (): void => {
    for (const end of endings) end();
  };
  let track = device;
  const process = async (processor: TrackProcessor, patience?: number): Promise<unknown> => {
    const ending = new AbortController();
    const {track: made, failure} = await processed(track, processor, ending.signal, patience);
    endings.unshift(() => (made.stop(), ending.abort()));
    track = made;
    if (failure) {
      ending.abort();
      input.onFailure?.(`The page’s processor of the ${kind} failed: ${textOf(failure)}`);
    }
    return failure;
  };
  let effect: ChosenEffect | undefined;
  try {
    effect = await input.choice?.effect?.(kind);
  } catch (cause) {
    // Whether a picture is to be hidden is not known; the sound goes on.
    if (kind === 'camera') {
      close();
      throw new SipError('camera-effect-failed', {cause});
    }
    warnings.push('processing-failed');
  }
  const processor = kind === 'microphone' ? input.processAudio : input.processVideo;
  let failure: unknown;
  if (effect) {
    const {effect: run, choice} = effect;
    failure = await process(
      (from, {signal}) => run.process(from, {choice, signal}),
      mediaDurations.deviceEffect,
    );
    if (failure && run.required) {
      close();
      throw new SipError('camera-effect-failed', {cause: failure});
    }
  }
  if (processor) failure = (await process(processor)) ?? failure;
  if (failure) warnings.push('processing-failed');
  const open: OpenDevice = {
    track,
    device,
    kind,
    wanted,
    effect,
    warnings,
    close,
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
