import {SipError} from '../../errors.js';
import {deviceError} from '../devices/device-error.js';

/** A screen, a window or a tab that the user chose, with its audio if the browser provides it. */
export class Screen {
  readonly picture: MediaStreamTrack;
  readonly sound: MediaStreamTrack | undefined;
  /** Called when the screen ends without {@link stop}: by the browser's own button, or because a window was closed. */
  onend: (() => void) | undefined;
  readonly #stream: MediaStream;

  constructor(stream: MediaStream) {
    this.#stream = stream;
    this.picture = stream.getVideoTracks()[0]!;
    this.sound = stream.getAudioTracks()[0];
    // Text has to be legible; motion matters less.
    this.picture.contentHint = 'detail';
    this.picture.addEventListener('ended', this.#onEnded);
  }

  /** Whether the screen can still be sent. */
  get live(): boolean {
    return this.picture.readyState === 'live';
  }

  /** Ends the screen; idempotent. */
  stop(): void {
    this.onend = undefined;
    this.picture.removeEventListener('ended', this.#onEnded);
    for (const track of this.#stream.getTracks()) track.stop();
  }

  readonly #onEnded = (): void => {
    const {onend} = this;
    this.stop();
    onend?.();
  };
}

/**
 * Asks the user to choose a screen. Must be called within a gesture, before anything is awaited.
 *
 * @throws {SipError} `screen-cancelled` if nothing was chosen; `screen-refused`, `screen-forbidden`, `screen-busy`,
 *   `screen-missing`, `screen-unsupported`, `insecure-page`.
 */
export async function openScreen(): Promise<Screen> {
  // Phones lack `getDisplayMedia`, and insecure pages lack `mediaDevices`, despite the type.
  const devices = (navigator as {mediaDevices?: Partial<MediaDevices>}).mediaDevices;
  if (!devices?.getDisplayMedia) throw new SipError(isSecureContext ? 'screen-unsupported' : 'insecure-page');
  try {
    // Music must not be filtered as noise, and the call itself must not be heard in the shared audio.
    const audio = {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      restrictOwnAudio: true,
    } as MediaTrackConstraints;
    return new Screen(await devices.getDisplayMedia({video: true, audio}));
  } catch (error) {
    throw await deviceError(error, 'screen');
  }
}
