import type * as WebAudio from 'node-web-audio-api';
import {AudioSample, CustomAudioDecoder, type AudioCodec, type EncodedPacket} from 'mediabunny';

/** Samples per packet and channel. */
const SAMPLES = 1024;

/** The longest packet, in bytes: a header of 7 bytes can name 8,191. What follows in a longer one would be decoded as well. */
const LONGEST = 8_184;

/** How many packets are decoded at a time; the demuxer supplies 40 at most before it needs a sample. */
const BATCH = 16;

/** The object type of AAC-LC, and the sampling frequencies by their index (ISO/IEC 14496-3, 1.5.1.1 and 1.6.3.4). */
const LOW_COMPLEXITY = 2;
const RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

let library: typeof WebAudio | undefined;

/** The parameters of a track, from its AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
interface Shape {
  readonly rate: number;
  readonly rateIndex: number;
  readonly channels: number;
}

/** Loads the AAC decoder, which is native: AAC cannot be decoded on a machine that cannot load it. */
export async function loadAac(): Promise<void> {
  library ??= await import('node-web-audio-api').catch(() => undefined);
}

/**
 * Decodes AAC-LC as in M4A files. The library decodes only whole streams: packets are joined into a stream with a
 * header each (ADTS), and each batch begins with the last packet of the batch before, since two neighboring packets
 * overlap.
 */
export class Aac extends CustomAudioDecoder {
  readonly #packets: EncodedPacket[] = [];
  #last: EncodedPacket | undefined;

  static override supports(codec: AudioCodec, {description}: AudioDecoderConfig): boolean {
    return codec === 'aac' && library !== undefined && shapeOf(description) !== undefined;
  }

  override init(): void {}

  override async decode(packet: EncodedPacket): Promise<void> {
    if (packet.data.length === 0) return;
    if (packet.data.length > LONGEST) throw new Error('a packet of AAC is too long');
    this.#packets.push(packet);
    if (this.#packets.length >= BATCH) await this.#decode();
  }

  override async flush(): Promise<void> {
    await this.#decode();
    this.#last = undefined;
  }

  override close(): void {
    this.#packets.length = 0;
  }

  async #decode(): Promise<void> {
    const batch = this.#packets.splice(0);
    const [first] = batch;
    const shape = shapeOf(this.config.description);
    if (!first || !shape || !library) return;
    const before = this.#last ? [this.#last] : [];
    this.#last = batch.at(-1);
    const stream = Buffer.concat([...before, ...batch].map(({data}) => framed(data, shape)));
    const context = new library.OfflineAudioContext(1, 1, shape.rate);
    const sound = await context.decodeAudioData(Uint8Array.from(stream).buffer);
    const from = before.length * SAMPLES;
    const planes = Array.from({length: sound.numberOfChannels}, (_, index) =>
      sound.getChannelData(index).subarray(from),
    );
    const count = planes[0]?.length ?? 0;
    if (count === 0) return;
    const data = new Float32Array(count * planes.length);
    planes.forEach((plane, index) => data.set(plane, index * count));
    this.onSample(
      new AudioSample({
        data,
        format: 'f32-planar',
        numberOfChannels: planes.length,
        sampleRate: sound.sampleRate,
        timestamp: first.timestamp,
      }),
    );
  }
}

/** Reads the parameters; undefined if it is not AAC-LC, or does not fit into a header. */
function shapeOf(description: AudioDecoderConfig['description']): Shape | undefined {
  if (!description) return undefined;
  const [first = 0, second = 0] = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  const rateIndex = ((first & 7) << 1) | (second >> 7);
  const rate = RATES[rateIndex];
  const channels = (second >> 3) & 15;
  if (first >> 3 !== LOW_COMPLEXITY || rate === undefined || channels < 1 || channels > 7) return undefined;
  return {rate, rateIndex, channels};
}

/** Returns a packet with its ADTS header (ISO/IEC 13818-7, 6.2). */
function framed(data: Uint8Array, {rateIndex, channels}: Shape): Buffer {
  const length = data.length + 7;
  const header = Buffer.from([
    0xff,
    0xf1,
    ((LOW_COMPLEXITY - 1) << 6) | (rateIndex << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ]);
  return Buffer.concat([header, data]);
}
