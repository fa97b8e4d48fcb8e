import type {MediaKinds} from './types.js';
import {SipError, toSipError, type SipErrorCode} from '../errors.js';
import {blackPicture, type BlackPicture} from './black.js';
import {openCamera, openMedia} from './devices.js';

/** The devices that one side of a conversation sends from; whoever opened them releases them. */
export class LocalMedia {
  /** Microphone and camera, as a page shows them to their own user; no camera while it is off. */
  readonly stream = new MediaStream();
  readonly #warnings: SipErrorCode[] = [];
  #black: BlackPicture | undefined;
  /** Openings, one after another: none opens what the one before is opening. */
  #opening: Promise<void> = Promise.resolve();
  #muted = false;
  #released = false;

  /** Why less could be opened than was asked. */
  get warnings(): readonly SipErrorCode[] {
    return this.#warnings;
  }

  /** What to send as sound. */
  get audio(): MediaStreamTrack | undefined {
    return this.stream.getAudioTracks()[0];
  }

  /** What to send as picture: the camera, or black while it is off. */
  get video(): MediaStreamTrack | undefined {
    return this.#black?.track ?? this.stream.getVideoTracks()[0];
  }

  get cameraOff(): boolean {
    return this.#black !== undefined;
  }

  /** Opens what is wanted and not open yet; never rejects, what cannot be had is a warning. */
  async open(kinds: MediaKinds): Promise<void> {
    this.#opening = this.#opening.then(() => this.#open(kinds));
    await this.#opening;
  }

  /** Closes the devices that are not needed. */
  keep(kinds: MediaKinds): void {
    if (!kinds.audio) this.#close(this.stream.getAudioTracks());
    if (kinds.video) return;
    this.#close(this.stream.getVideoTracks());
    this.#black?.stop();
    this.#black = undefined;
  }

  /** Sends silence instead of the microphone, which stays open. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    for (const track of this.stream.getAudioTracks()) track.enabled = !muted;
  }

  /**
   * Stops the camera, whose light goes out, in favour of black.
   *
   * @param replace - Puts the track in the place of the one that is sent.
   */
  async cameraToBlack(replace: (track: MediaStreamTrack) => Promise<void>): Promise<void> {
    const camera = this.stream.getVideoTracks()[0];
    if (this.#black || !camera) return;
    const {width, height} = camera.getSettings();
    const black = (this.#black = blackPicture(width, height));
    this.#close([camera]);
    await replace(black.track);
  }

  /**
   * Opens the camera again.
   *
   * @throws {SipError} `camera-refused`, `camera-missing`, `camera-busy`; it stays black then.
   */
  async blackToCamera(replace: (track: MediaStreamTrack) => Promise<void>): Promise<void> {
    if (!this.#black) return;
    const camera = await openCamera();
    this.#adopt(camera);
    // It may have been released while the browser asked.
    if (camera.readyState === 'ended') throw new SipError('aborted', {subject: 'camera'});
    try {
      await replace(camera);
    } catch (error) {
      // It is not sent, so it must not be on.
      this.#close([camera]);
      throw toSipError(error, 'camera');
    }
    this.#black?.stop();
    this.#black = undefined;
  }

  /** Closes every device; idempotent. What is still being opened is closed as soon as it is open. */
  release(): void {
    this.#released = true;
    this.keep({audio: false, video: false});
  }

  async #open(kinds: MediaKinds): Promise<void> {
    if (this.#released) return;
    const missing = {audio: kinds.audio && !this.audio, video: kinds.video && !this.video};
    const {stream, warnings} = await openMedia(missing);
    this.#warnings.push(...warnings.filter((warning) => !this.#warnings.includes(warning)));
    for (const track of stream.getTracks()) this.#adopt(track);
  }

  #adopt(track: MediaStreamTrack): void {
    if (this.#released) return track.stop();
    if (track.kind === 'audio') track.enabled = !this.#muted;
    this.stream.addTrack(track);
  }

  #close(tracks: MediaStreamTrack[]): void {
    for (const track of tracks) {
      track.stop();
      this.stream.removeTrack(track);
    }
  }
}
