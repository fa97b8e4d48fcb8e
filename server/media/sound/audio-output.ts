import {Encoder} from '@evan/opus';
import {OwnStream} from '../own-stream.js';
import {SAMPLE_RATE} from './sound.js';

/** In bit/s: speech is clear at that, and music can be borne. */
const BITRATE = 40_000;

/** How hard the encoder tries, 0–10: most of what it costs, for little that is heard. */
const COMPLEXITY = 5;

/** Makes an encoder whose sound is as good as that of one for speech, at a third of its cost: there is one for each who speaks. */
export function createEncoder(): Encoder {
  const encoder = new Encoder({channels: 1, sample_rate: SAMPLE_RATE, application: 'restricted_lowdelay'});
  encoder.bitrate = BITRATE;
  encoder.complexity = COMPLEXITY;
  return encoder;
}

/** One stream of Opus that this server makes itself. */
export class AudioOutput extends OwnStream {
  readonly kind = 'audio';

  override requestKeyFrame(): void {
    // Every packet of sound can be begun with.
  }

  /**
   * Hands over the next packet.
   *
   * @param timestamp - In samples; it may have gaps, where nothing was sent.
   */
  send(payload: Uint8Array, timestamp: number): void {
    if (this.unheard) return;
    this.emit(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), timestamp);
  }
}
