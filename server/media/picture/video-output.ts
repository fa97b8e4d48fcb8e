import {OwnStream} from '../own-stream.js';

/** How much of a frame goes into one packet, in bytes: it fits every way that can be expected. */
const PART = 1100;

/** The payload descriptor of a frame's first packet, and of the others (RFC 7741 §4.2). */
const FIRST = Buffer.from([0x10]);
const FURTHER = Buffer.from([0x00]);

/** One stream of VP8 that this server sends by itself, out of frames that are encoded already. */
export class VideoOutput extends OwnStream {
  readonly kind = 'video';

  override requestKeyFrame(): void {
    // They come when they come: nothing is encoded here.
  }

  /** Hands over the next frame. */
  send(frame: Uint8Array, timestamp: number): void {
    if (this.unheard) return;
    for (let from = 0; from < frame.length; from += PART) {
      const payload = Buffer.concat([from === 0 ? FIRST : FURTHER, frame.subarray(from, from + PART)]);
      this.emit(payload, timestamp, from + PART >= frame.length);
    }
  }
}
