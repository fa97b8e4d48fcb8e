import {RtpHeader, RtpPacket} from 'werift';
import type {MediaKind} from './description.js';
import type {MediaSource, Unsubscribe} from './routing.js';

/** A stream that this server generates. */
export abstract class OwnStream implements MediaSource {
  abstract readonly kind: MediaKind;
  readonly #listeners = new Set<(packet: RtpPacket) => void>();
  #sequence = 0;

  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  abstract requestKeyFrame(): void;

  /** Whether the stream has no listeners. */
  protected get unheard(): boolean {
    return this.#listeners.size === 0;
  }

  /** Sends the next packet. */
  protected emit(payload: Buffer, timestamp: number, marker = false): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = new RtpHeader({
      sequenceNumber: this.#sequence,
      timestamp: timestamp >>> 0,
      ssrc: 1,
      marker,
    });
    const packet = new RtpPacket(header, payload);
    for (const listener of this.#listeners) listener(packet);
  }
}
