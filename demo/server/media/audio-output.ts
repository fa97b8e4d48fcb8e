import {Encoder} from '@evan/opus';
import {RtpHeader, RtpPacket} from 'werift';
import type {MediaSource, Unsubscribe} from './routing.js';
import {SAMPLE_RATE} from './sound.js';

/** In bit/s: speech is clear at that, and music can be borne. */
const BITRATE = 32_000;

/** How hard the encoder tries, 0–10: most of what it costs, for little that is heard. */
const COMPLEXITY = 5;

/** Makes an encoder for speech. */
export function createEncoder(): Encoder {
  const encoder = new Encoder({channels: 1, sample_rate: SAMPLE_RATE, application: 'voip'});
  encoder.bitrate = BITRATE;
  encoder.complexity = COMPLEXITY;
  return encoder;
}

/** One stream of Opus that this server makes itself. */
export class AudioOutput implements MediaSource {
  readonly kind = 'audio';
  readonly #listeners = new Set<(packet: RtpPacket) => void>();
  #sequence = 0;

  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  requestKeyFrame(): void {
    // Every packet of sound can be begun with.
  }

  /**
   * Hands over the next packet.
   *
   * @param timestamp - In samples; it may have gaps, where nothing was sent.
   */
  send(payload: Uint8Array, timestamp: number): void {
    if (this.#listeners.size === 0) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = new RtpHeader({sequenceNumber: this.#sequence, timestamp: timestamp >>> 0, ssrc: 1});
    const packet = new RtpPacket(header, Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength));
    for (const listener of this.#listeners) listener(packet);
  }
}
