import {SipError} from '../../errors.js';
import {deviceError} from '../devices/device-error.js';

/** A screen, a window or a tab that the user chose, with its sound where the browser gives it. */
export class Screen {
  readonly picture: MediaStreamTrack;
  readonly sound: MediaStreamTrack | undefined;
  /** Told where it ends without {@link stop}: the browser's own button, a window that was closed. */
  onend: (() => void) | undefined;
  readonly #stream: MediaStream;

  constructor(stream: MediaStream) {
    this.#stream = stream;
    this.picture = stream.getVideoTracks()[0]!;
    this.sound = stream.getAudioTracks()[0];
    // Letters have to be legible; movement matters less.
    this.picture.contentHint = 'detail';
    this.picture.addEventListener('ended', this.#onEnded);
  }

  /** Whether there is still something to send. */
  get live(): boolean {
    return this.picture.readyState === 'live';
  }

  /** Ends it; idempotent. */
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
 * Lets the user choose a screen. It has to be called within a gesture, before anything is waited for.
 *
 * @throws {SipError} `screen-cancelled` where nothing was chosen; `screen-refused`, `screen-forbidden`, `screen-busy`,
 * `screen-missing`, `screen-unsupported`, `insecure-page`.
 */
export async function openScreen(): Promise<Screen> {
  // Phones have no such function, insecure pages have no devices at all; whatever the type says.
  const devices = (navigator as {mediaDevices?: Partial<MediaDevices>}).mediaDevices;
  if (!devices?.getDisplayMedia) throw new SipError(isSecureContext ? 'screen-unsupported' : 'insecure-page');
  try {
    // Music is no noise; and the call itself is not to be heard in what is shared.
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
