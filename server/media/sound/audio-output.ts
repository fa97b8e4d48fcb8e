import {Encoder} from '@evan/opus';
import {OwnStream} from '../own-stream.js';
import {SAMPLE_RATE} from './sound.js';

/** In bit/s: speech is clear, and music acceptable. */
const BITRATE = 40_000;

/** The encoder's effort, 0–10: more would cost much and be hardly audible. */
const COMPLEXITY = 5;

/** Creates an encoder with the quality of a speech encoder at a third of its cost, since each speaker needs one. */
export function createEncoder(): Encoder {
  const encoder = new Encoder({channels: 1, sample_rate: SAMPLE_RATE, application: 'restricted_lowdelay'});
  encoder.bitrate = BITRATE;
  encoder.complexity = COMPLEXITY;
  return encoder;
}

/** An Opus stream that this server generates. */
export class AudioOutput extends OwnStream {
  readonly kind = 'audio';

  override requestKeyFrame(): void {
    // Decoding can begin with any audio packet.
  }

  /**
   * Sends the next packet.
   *
   * @param timestamp - In samples; it may have gaps if nothing was sent.
   */
  send(payload: Uint8Array, timestamp: number): void {
    if (this.unheard) return;
    this.emit(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), timestamp);
  }
}
