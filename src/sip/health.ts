import type {CallHealth} from '../core/types.js';

/** How often lost media are sought again before the call counts as failed. */
const ATTEMPTS = 3;

/**
 * Tells how a call's connection fares, from the signalling and from the media.
 *
 * ```
 * healthy ── signalling lost ──► suspect ──┬─► restored
 * healthy ── media lost ──► recovering ────┘
 *                               └── not found again ──► failed
 * ```
 */
export class Health {
  #signalling = true;
  #ice: RTCIceConnectionState = 'new';
  #attempts = 0;
  #suffered = false;

  get value(): CallHealth {
    if (this.#ice === 'failed') return this.#attempts >= ATTEMPTS ? 'failed' : 'recovering';
    if (this.#ice === 'disconnected') return 'recovering';
    if (!this.#signalling) return 'suspect';
    return this.#suffered ? 'restored' : 'healthy';
  }

  /** Whether media flow. */
  get flows(): boolean {
    return this.#ice === 'connected' || this.#ice === 'completed';
  }

  /** Takes the state of the signalling: whether the other side is known to hear us. */
  setSignalling(good: boolean): void {
    this.#signalling = good;
    if (!good) this.#suffered = true;
  }

  /** Takes the state of the media; true where a new way between the two sides is to be sought. */
  setIce(state: RTCIceConnectionState): boolean {
    this.#ice = state;
    if (this.flows) this.#attempts = 0;
    if (state === 'disconnected' || state === 'failed') this.#suffered = true;
    return state === 'failed' && this.#attempts++ < ATTEMPTS;
  }
}
