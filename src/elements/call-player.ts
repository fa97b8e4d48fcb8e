import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipCall} from '../core/call.js';
import type {SipDevices} from '../core/devices.js';

/** The media elements that a call plays in, as far as they are rendered. */
export interface PlayerElements {
  readonly audio: HTMLMediaElement | null;
  readonly remote: HTMLMediaElement | null;
  readonly local: HTMLMediaElement | null;
}

/**
 * Plays a call in its host's media elements: the remote sound in one of its own, so that it waits for no picture.
 *
 * It goes on while the host is moved, and stops when it has left the document.
 */
export class CallPlayer implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getElements: () => PlayerElements;
  readonly #getCall: () => SipCall | undefined;
  readonly #getDevices: () => SipDevices | undefined;
  #blocked = false;
  /** Where the sound goes, while it plays. */
  #route:
    {readonly audio: HTMLMediaElement; readonly devices: SipDevices; readonly end: () => void} | undefined;

  /** @param getDevices - Whose speaker it plays on; the system's without it. */
  constructor(
    host: ReactiveElement,
    getElements: () => PlayerElements,
    getCall: () => SipCall | undefined,
    getDevices: () => SipDevices | undefined = () => undefined,
  ) {
    this.#host = host;
    this.#getElements = getElements;
    this.#getCall = getCall;
    this.#getDevices = getDevices;
    host.addController(this);
  }

  /** Whether the browser keeps the sound off until the user presses something. */
  get blocked(): boolean {
    return this.#blocked;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // Where it was only moved, it plays on.
    setTimeout(() => {
      if (!this.#host.isConnected) this.#play(undefined);
    });
  }

  hostUpdated(): void {
    const call = this.#getCall();
    this.#play(call?.state.phase === 'released' ? undefined : call);
  }

  #play(call: SipCall | undefined): void {
    const {audio, remote, local} = this.#getElements();
    setTracks(remote, call?.remoteStream, 'video');
    setTracks(local, call?.localStream, 'video');
    setTracks(audio, call?.remoteStream, 'audio');
    this.#direct(audio?.srcObject ? audio : null);
    // Moving pauses. A picture without sound is never refused; another stream that takes its place is no failure.
    for (const video of [remote, local]) if (video?.srcObject && video.paused) video.play().catch(() => {});
    if (audio?.srcObject && audio.paused) void this.#playSound(audio);
    else if (!audio?.srcObject) this.#blocked = false;
  }

  /** Keeps the sound on the chosen speaker while there is one to hear. */
  #direct(audio: HTMLMediaElement | null): void {
    const devices = this.#getDevices();
    if (this.#route?.audio === (audio ?? undefined) && this.#route?.devices === devices) return;
    this.#route?.end();
    this.#route = audio && devices ? {audio, devices, end: devices.route(audio, 'speaker')} : undefined;
  }

  async #playSound(audio: HTMLMediaElement): Promise<void> {
    let blocked = false;
    try {
      await audio.play();
    } catch (error) {
      blocked = (error as DOMException).name === 'NotAllowedError';
    }
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.#host.requestUpdate();
  }
}

/** Gives a media element the stream's tracks of the kind; leaves it alone where it has them already. */
function setTracks(
  element: HTMLMediaElement | null,
  stream: MediaStream | undefined,
  kind: 'audio' | 'video',
): void {
  if (!element) return;
  const tracks = (stream?.getTracks() ?? []).filter((track) => track.kind === kind);
  const played = element.srcObject instanceof MediaStream ? element.srcObject.getTracks() : [];
  if (tracks.length === played.length && tracks.every((track) => played.includes(track))) return;
  element.srcObject = tracks.length ? new MediaStream(tracks) : null;
}
