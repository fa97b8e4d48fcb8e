import type {CallHealth} from '../../core/types.js';
import type {MediaLoss} from '../../media/types.js';

/** How many ICE restarts lost media get before the call counts as failed. */
const ATTEMPTS = 3;

/**
 * Derives the health of a call's connection from the signalling and the media.
 *
 * ```
 * healthy ── signalling lost ──► suspect ──┬─► restored ── after a while ──► healthy
 * healthy ── media lost ──► recovering ────┘
 *    │                          └── not found again ──► failed
 *    └── media never there ──► failed ── given up by the browser ──► recovering
 * ```
 */
export class Health {
  #signalling = true;
  #media: RTCPeerConnectionState = 'new';
  #flowed = false;
  /** Media were lost and do not flow again yet. */
  #lost = false;
  /** What was measured, whatever ICE reports. */
  #loss: MediaLoss | undefined;
  #attempts = 0;
  #suffered = false;
  #missed = false;

  get value(): CallHealth {
    if (this.#missed) return 'failed';
    if (this.#lost) return this.#media === 'failed' && this.#attempts > ATTEMPTS ? 'failed' : 'recovering';
    if (this.#loss) return this.#loss;
    if (!this.#signalling) return 'suspect';
    return this.#suffered ? 'restored' : 'healthy';
  }

  /** Forgets the losses of the earlier connection. */
  calm(): void {
    this.#suffered = false;
  }

  /** Whether media flow. */
  get flows(): boolean {
    return this.#media === 'connected';
  }

  /** Whether media that once flowed are lost. */
  get lost(): boolean {
    return (this.#lost || this.#loss !== undefined) && this.#flowed;
  }

  /** Sets the state of the signalling: whether the other side is known to hear us. */
  setSignalling(good: boolean): void {
    this.#signalling = good;
    if (!good) this.#suffered = true;
  }

  /** Marks the media as missing if none have arrived since the call was answered. */
  missMedia(): void {
    if (this.#media === 'new' || this.#media === 'connecting') this.#missed = this.#suffered = true;
  }

  /** Sets whether no media arrive although the other side must be sending. */
  setLoss(loss: MediaLoss | undefined): void {
    this.#loss = loss;
    if (loss) this.#suffered = true;
  }

  /** Sets the state of the media; returns whether to restart ICE. */
  setMedia(state: RTCPeerConnectionState): boolean {
    this.#media = state;
    if (state === 'connected') {
      this.#flowed = true;
      this.#lost = this.#missed = false;
      this.#attempts = 0;
    }
    if (state === 'disconnected' || state === 'failed') {
      // From here on ICE restarts as for media that once flowed.
      this.#missed = false;
      this.#lost = this.#suffered = true;
    }
    return state === 'failed' && ++this.#attempts <= ATTEMPTS;
  }
}
