import {RtpHeader, RtpPacket} from 'werift';
import type {MediaSource, Unsubscribe} from './routing.js';

/** How much of a frame goes into one packet, in bytes: it fits every way that can be expected. */
const PART = 1100;

/** The payload descriptor of a frame's first packet, and of the others (RFC 7741 §4.2). */
const FIRST = Buffer.from([0x10]);
const FURTHER = Buffer.from([0x00]);

/** One stream of VP8 that this server sends by itself, out of frames that are encoded already. */
export class VideoOutput implements MediaSource {
  readonly kind = 'video';
  readonly #listeners = new Set<(packet: RtpPacket) => void>();
  #sequence = 0;

  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  requestKeyFrame(): void {
    // They come when they come: nothing is encoded here.
  }

  /** Hands over the next frame. */
  send(frame: Uint8Array, timestamp: number): void {
    if (this.#listeners.size === 0) return;
    for (let from = 0; from < frame.length; from += PART) {
      this.#sequence = (this.#sequence + 1) & 0xffff;
      const header = new RtpHeader({
        sequenceNumber: this.#sequence,
        timestamp: timestamp >>> 0,
        ssrc: 1,
        marker: from + PART >= frame.length,
      });
      const payload = Buffer.concat([from === 0 ? FIRST : FURTHER, frame.subarray(from, from + PART)]);
      const packet = new RtpPacket(header, payload);
      for (const listener of this.#listeners) listener(packet);
    }
  }
}
