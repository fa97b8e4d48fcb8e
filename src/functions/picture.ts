import {pictureOf} from '../core/call/call-photo.js';
import type {SipCall} from '../core/call/call.js';
import {mediaDurations} from '../durations/media.js';

/** The page's element for the remote video of a call, if it has one. */
type Place = HTMLVideoElement | null | undefined;

/** Whether a frame of the track is available: shown in the page's element, or arriving if the page shows it nowhere. */
export function isAtHand(track: MediaStreamTrack, element: Place): boolean {
  if (!element || !('videoWidth' in element)) return !track.muted;
  const stream = element.srcObject as MediaStream | null;
  // The page now uses the element for something else.
  if (stream && !stream.getTracks().includes(track)) return !track.muted;
  return element.videoWidth > 0 && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
}

/** Resolves when a frame of the remote video is available, or none is to be expected: at once in a call of sound. */
export async function firstFrame(call: SipCall, element: Place): Promise<void> {
  const ending = new AbortController();
  const {signal} = ending;
  await new Promise<void>((resolve) => {
    const check = (): void => {
      const {phase, media, held, remoteHeld} = call.state;
      const track = pictureOf(call, 'remote');
      track?.addEventListener('unmute', check, {signal});
      const comes = phase === 'answered' && /recv/.test(media.video) && !held && !remoteHeld;
      if (!comes || (track && isAtHand(track, element))) resolve();
    };
    const timer = setTimeout(resolve, mediaDurations.photoPicture);
    signal.addEventListener('abort', () => clearTimeout(timer));
    call.addEventListener('statechange', check, {signal});
    call.addEventListener('streamschange', check, {signal});
    element?.addEventListener('loadeddata', check, {signal});
    element?.addEventListener('resize', check, {signal});
    check();
  });
  ending.abort();
}
