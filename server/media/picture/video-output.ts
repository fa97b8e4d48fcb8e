import {OwnStream} from '../own-stream.js';

/** The most bytes of a frame in a packet: small enough for every expected network. */
const PART = 1100;

/** The payload descriptor of a frame's first packet, and of the others (RFC 7741 §4.2). */
const FIRST = Buffer.from([0x10]);
const FURTHER = Buffer.from([0x00]);

/** A VP8 stream that this server sends from frames that are encoded already. */
export class VideoOutput extends OwnStream {
  readonly kind = 'video';

  override requestKeyFrame(): void {
    // Key frames cannot be requested: nothing is encoded here.
  }

  /** Sends the next frame. */
  send(frame: Uint8Array, timestamp: number): void {
    if (this.unheard) return;
    for (let from = 0; from < frame.length; from += PART) {
      const payload = Buffer.concat([from === 0 ? FIRST : FURTHER, frame.subarray(from, from + PART)]);
      this.emit(payload, timestamp, from + PART >= frame.length);
    }
  }
}
