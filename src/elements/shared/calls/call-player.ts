import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipCall} from '../../../core/call/call.js';
import type {Playing} from '../../../core/call/call-playback.js';
import type {CallPart} from '../../../core/sound/player-order.js';

/**
 * Plays the audio or video of a call in a media element of its host.
 *
 * It continues while the host is moved, and stops when the host has left the document.
 */
export class CallPlayer implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getCall: () => SipCall | undefined;
  readonly #getPart: () => CallPart | undefined;
  #call: SipCall | undefined;
  #part: CallPart | undefined;
  #playing: Playing | undefined;

  /** @param getPart - Returns what to play and in which element, once the element is rendered. */
  constructor(
    host: ReactiveElement,
    getCall: () => SipCall | undefined,
    getPart: () => CallPart | undefined,
  ) {
    this.#host = host;
    this.#getCall = getCall;
    this.#getPart = getPart;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // If the host was only moved, playback continues.
    setTimeout(() => {
      if (!this.#host.isConnected) this.#play(undefined, undefined);
    });
  }

  hostUpdated(): void {
    if (this.#host.isConnected) this.#play(this.#getCall(), this.#getPart());
  }

  #play(call: SipCall | undefined, part: CallPart | undefined): void {
    const same = call === this.#call && part?.element === this.#part?.element && part?.of === this.#part?.of;
    if (same) return this.#playing?.refresh();
    this.#playing?.end();
    this.#call = call;
    this.#part = part;
    this.#playing = call && part ? call.playIn([part]) : undefined;
  }
}
