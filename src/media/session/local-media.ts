import type {InputKind, InputSettings} from '../devices/device-choice.js';
import type {AnnouncedSound, MediaKinds} from '../types.js';
import {mediaDurations} from '../../durations/media.js';
import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import {blackPicture, type BlackPicture} from './black.js';
import {openCamera, openMedia} from '../devices/devices.js';
import {SoundMixer} from '../audio/sound-mixer.js';
import {closeTrack, deviceOf, type OpenDevice} from '../devices/open-device.js';
import type {Screen} from './screen.js';

/** The events of a device's track that the browser dispatches. */
const DEVICE_EVENTS = ['ended', 'mute'] as const;

/** The devices that one side of a conversation sends from; the code that opened them releases them. */
export class LocalMedia {
  /** Microphone and camera, as a page shows them to its own user; without the camera while it is off. */
  readonly stream = new MediaStream();
  /** Called when a device has ended or fallen silent unexpectedly. */
  ondevice: ((kind: InputKind) => void) | undefined;
  /** Audio from elsewhere, which `mix` adds to the microphone. */
  more: readonly MediaStreamTrack[] = [];
  /** A sound that `mix` adds to the microphone, or that replaces it. */
  announced: AnnouncedSound | undefined;
  input: InputSettings;
  #warnings: SipErrorCode[] = [];
  #black: BlackPicture | undefined;
  /** Devices are opened one after another, so that none is opened twice. */
  readonly #opening = new TaskQueue();
  #muted = false;
  #released = false;
  #screen: Screen | undefined;
  /** What replaces the screen when sharing ends. */
  #after: 'camera' | 'black' | 'nothing' = 'nothing';
  #mix: SoundMixer | undefined;
  /** Whether the microphone is gone: silence is sent instead, because the other side would take this one for lost. */
  #bereft = false;

  /** @param input - How devices are opened. */
  constructor(input: InputSettings = {}) {
    this.input = input;
  }

  /** Why some devices could not be opened as requested. */
  get warnings(): readonly SipErrorCode[] {
    return this.#warnings;
  }

  /** The audio to send: the microphone, mixed with the screen's audio, with `more` and with `announced`. */
  get audio(): MediaStreamTrack | undefined {
    return this.#mix?.track ?? this.stream.getAudioTracks()[0];
  }

  /** The video to send: the screen, the camera, or black while the camera is off. */
  get video(): MediaStreamTrack | undefined {
    return this.#black?.track ?? this.stream.getVideoTracks()[0];
  }

  /** Whether black is sent instead of the camera, or will be after the screen. */
  get cameraOff(): boolean {
    return this.#screen ? this.#after === 'black' : this.#black !== undefined;
  }

  /** The screen that is shared instead of the camera. */
  get screen(): Screen | undefined {
    return this.#screen;
  }

  /** Opens wanted devices that are not open yet; never rejects: a device that cannot be opened becomes a warning. */
  async open(kinds: MediaKinds): Promise<void> {
    await this.#opening.run(() => this.#open(kinds));
  }

  /** Closes the devices that are not needed. */
  keep(kinds: MediaKinds): void {
    if (!kinds.audio) {
      this.#bereft = false;
      this.#close(this.stream.getAudioTracks());
    }
    if (!kinds.video) this.#closePicture();
  }

  /** Opens the camera if no video is sent. @throws {SipError} `camera-…`, `insecure-page`, `aborted` */
  async addCamera(): Promise<void> {
    if (this.video) return;
    await this.#openCamera();
  }

  /**
   * Sends the screen as the video; the camera stops, since the other side does not see it.
   *
   * @param after - The video that replaces the screen afterwards; by default the current one.
   */
  show(screen: Screen, after?: 'black' | 'nothing'): void {
    if (this.#released) return screen.stop();
    const before = this.#black ? 'black' : this.video ? 'camera' : 'nothing';
    if (!this.#screen) this.#after = after ?? before;
    this.#closePicture();
    this.#screen = screen;
    this.stream.addTrack(screen.picture);
  }

  /**
   * Ends the screen; black replaces it if video was sent before.
   *
   * @returns Whether the camera was on before: the caller then reopens it with {@link blackToCamera}.
   */
  hide(): boolean {
    if (!this.#screen) return false;
    const {width, height} = this.#screen.picture.getSettings();
    this.#closePicture();
    if (this.#after !== 'nothing') this.#black = blackPicture(width, height);
    return this.#after === 'camera';
  }

  /**
   * Chooses what replaces the screen when sharing ends.
   *
   * @throws {SipError} `invalid-state` if no video was sent before.
   */
  resumeWith(after: 'camera' | 'black'): void {
    if (this.#after === 'nothing') throw new SipError('invalid-state', {subject: 'camera'});
    this.#after = after;
  }

  /**
   * Mixes the screen's audio, `more` and `announced` with the microphone, or ends the mix if there is nothing to add: `audio` may be
   * another track afterwards. Returns false if the browser does not start the mixer: the microphone alone is sent then.
   */
  async mix(): Promise<boolean> {
    const mixes = (): boolean => this.#bereft || this.#sounds.length > 0;
    if (!this.#mix && mixes()) {
      const mix = new SoundMixer();
      // The mixed tracks may have changed in the meantime.
      if ((await mix.run(mediaDurations.mixerStart)) && !this.#mix && mixes()) this.#mix = mix;
      else mix.stop();
    }
    if (!mixes()) this.#unmix();
    this.#mix?.use(this.#sounds);
    return !this.#sounds.length || !!this.#mix;
  }

  /** Sends silence instead of the microphone, which stays open. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    for (const track of this.stream.getAudioTracks()) track.enabled = !muted;
  }

  /**
   * Stops the camera, so that its light goes out, and sends black.
   *
   * @param replace - Replaces the track that is sent.
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
   * @throws {SipError} `camera-refused`, `camera-missing`, `camera-busy`; black is still sent then.
   */
  async blackToCamera(replace: (track: MediaStreamTrack) => Promise<void>): Promise<void> {
    if (!this.#black) return;
    const camera = await this.#openCamera();
    try {
      await replace(camera);
    } catch (error) {
      // The camera is not sent, so it must not be on.
      this.#close([camera]);
      throw toSipError(error, 'camera');
    }
    this.#black?.stop();
    this.#black = undefined;
  }

  /** Closes every device; idempotent. A device that is still opening is closed once open. */
  release(): void {
    this.#released = true;
    this.more = [];
    this.announced = undefined;
    this.keep({audio: false, video: false});
    this.#unmix();
  }

  /** The open device of the kind, whether or not it works; undefined while the camera is off. */
  device(kind: InputKind): OpenDevice | undefined {
    return this.#devices.find((open) => open?.kind === kind);
  }

  /** Why a wanted device is not open; undefined if it is. */
  lack(kind: InputKind): SipErrorCode | undefined {
    return this.device(kind) ? undefined : this.#warnings.find((warning) => warning.startsWith(`${kind}-`));
  }

  /** Runs a task while no device is being opened, and delays openings until it is done. */
  async exclusively(task: () => Promise<void>): Promise<void> {
    await this.#opening.run(async () => {
      if (!this.#released) await task();
    });
  }

  /** Replaces the open device and closes it; closes the new device instead if everything was released. */
  exchange(device: OpenDevice): void {
    const before = this.device(device.kind);
    this.#adopt(device.track);
    if (before) this.#close([before.track]);
    this.warn(device.kind, device.warnings);
  }

  /** Closes a device that is gone; use `cameraToBlack` for a camera that is sent. */
  drop(kind: InputKind): void {
    this.#bereft ||= kind === 'microphone';
    const device = this.device(kind);
    if (device) this.#close([device.track]);
  }

  /** Replaces the warnings of a kind. */
  warn(kind: InputKind, warnings: readonly SipErrorCode[] = []): void {
    const others = this.#warnings.filter((warning) => !warning.startsWith(`${kind}-`));
    this.#warnings = [...new Set([...others, ...warnings])];
  }

  get #devices(): readonly (OpenDevice | undefined)[] {
    return this.stream.getTracks().map(deviceOf);
  }

  /** Opens the camera. @throws {SipError} `camera-…`, `insecure-page`, `aborted` */
  async #openCamera(): Promise<MediaStreamTrack> {
    const camera = await openCamera(this.input);
    this.#adopt(camera);
    this.warn('camera', deviceOf(camera)?.warnings);
    // The devices may have been released while the browser asked for permission.
    if (camera.readyState === 'ended') throw new SipError('aborted', {subject: 'camera'});
    return camera;
  }

  async #open(kinds: MediaKinds): Promise<void> {
    if (this.#released) return;
    const missing = {
      audio: kinds.audio && !this.stream.getAudioTracks().length,
      video: kinds.video && !this.video,
    };
    const {stream, warnings} = await openMedia(missing, this.input);
    if (missing.audio) this.warn('microphone');
    if (missing.video) this.warn('camera');
    this.#warnings = [...new Set([...this.#warnings, ...warnings])];
    for (const track of stream.getTracks()) this.#adopt(track);
  }

  #closePicture(): void {
    this.#close(this.stream.getVideoTracks());
    this.#black?.stop();
    this.#screen?.stop();
    this.#black = this.#screen = undefined;
  }

  /** What has to be mixed; nothing if the microphone alone is sent. */
  get #sounds(): readonly MediaStreamTrack[] {
    const {announced} = this;
    const microphone = this.stream.getAudioTracks().slice(0, 1);
    const sound = this.#screen?.sound;
    const added = [
      ...(microphone.length && sound ? [sound] : []),
      ...this.more,
      ...(announced ? [announced.track] : []),
    ];
    return added.length ? [...(announced?.mix === false ? [] : microphone), ...added] : [];
  }

  #unmix(): void {
    this.#mix?.stop();
    this.#mix = undefined;
  }

  #adopt(track: MediaStreamTrack): void {
    if (this.#released) return closeTrack(track);
    if (track.kind === 'audio') {
      track.enabled = !this.#muted;
      this.#bereft = false;
    }
    const device = deviceOf(track)?.device;
    for (const type of DEVICE_EVENTS) device?.addEventListener(type, this.#onDevice);
    // Firefox passes an event that a script dispatches on a track, as effects that fail do, to listeners with a fourth argument alone.
    const ended = ['ended', this.#onDevice, false, true] as unknown as ['ended', (event: Event) => void];
    track.addEventListener(...ended);
    this.stream.addTrack(track);
  }

  readonly #onDevice = ({target}: Event): void => {
    const open = this.#devices.find((open) => open?.device === target || open?.track === target);
    if (open) this.ondevice?.(open.kind);
  };

  #close(tracks: MediaStreamTrack[]): void {
    for (const track of tracks) {
      const device = deviceOf(track)?.device;
      for (const type of DEVICE_EVENTS) device?.removeEventListener(type, this.#onDevice);
      track.removeEventListener('ended', this.#onDevice);
      closeTrack(track);
      this.stream.removeTrack(track);
    }
  }
}
