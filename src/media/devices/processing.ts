import {mediaDurations} from '../../durations/media.js';
import type {TrackProcessor} from './device-choice.js';

/** A track to send, and whether the processor made it. */
export interface Processed {
  readonly track: MediaStreamTrack;
  /** Why it is the device's own track; undefined if the processor made it. */
  readonly failure?: unknown;
}

/**
 * Runs a page's processor to make the track to send; never rejects: returns the device's own track if that fails.
 *
 * @param signal - Aborted when the track is no longer needed.
 * @param patience - In milliseconds.
 */
export async function processed(
  device: MediaStreamTrack,
  processor: TrackProcessor,
  signal: AbortSignal,
  patience = mediaDurations.trackProcessor,
): Promise<Processed> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const making = (async () => processor(device, {signal}))();
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new DOMException('It took too long.', 'TimeoutError'));
    timer = setTimeout(fail, patience);
  });
  try {
    const track: unknown = await Promise.race([making, late]);
    if (!(track instanceof MediaStreamTrack) || track.kind !== device.kind || track.readyState === 'ended')
      throw new TypeError(`The processor gave no live ${device.kind} track.`);
    return {track};
  } catch (failure) {
    // A track that comes late is not sent, so it must be stopped.
    making.then(
      (track) => track !== device && (track as Partial<MediaStreamTrack> | undefined)?.stop?.(),
      () => {},
    );
    return {track: device, failure};
  } finally {
    clearTimeout(timer);
  }
}
