import {Decoder as OpusDecoder} from '@evan/opus';
import {
  AudioSample,
  CustomAudioDecoder,
  registerDecoder,
  type AudioCodec,
  type EncodedPacket,
} from 'mediabunny';
import {MPEGDecoder} from 'mpg123-decoder';
import {Aac, loadAac} from './aac.js';

/**
 * The longest packet of MP3, in bytes: the largest frames, of layer II, have 1,729. A longer one has many frames, which
 * would all be decoded at once.
 */
const LONGEST_MP3 = 2_048;

/** The sample rate of decoded Opus. */
const OPUS_RATE = 48_000;

class Opus extends CustomAudioDecoder {
  readonly #decoder = new OpusDecoder({channels: 1, sample_rate: OPUS_RATE});

  static override supports(codec: AudioCodec): boolean {
    return codec === 'opus';
  }

  override init(): void {}

  override decode({data, timestamp}: EncodedPacket): void {
    if (data.length === 0) return;
    const bytes = this.#decoder.decode(data);
    this.onSample(
      new AudioSample({
        data: bytes,
        format: 's16',
        numberOfChannels: 1,
        sampleRate: OPUS_RATE,
        timestamp,
      }),
    );
  }

  override flush(): void {}

  override close(): void {}
}

class Mp3 extends CustomAudioDecoder {
  readonly #decoder = new MPEGDecoder();
  /** When the next sample is due: the decoder returns a packet's content later than it receives it. */
  #time: number | undefined;

  static override supports(codec: AudioCodec): boolean {
    return codec === 'mp3';
  }

  override async init(): Promise<void> {
    await this.#decoder.ready;
  }

  override decode({data, timestamp}: EncodedPacket): void {
    if (data.length > LONGEST_MP3) throw new Error('a packet of MP3 is too long');
    const {channelData, samplesDecoded, sampleRate} = this.#decoder.decode(data);
    const time = (this.#time ??= timestamp);
    if (samplesDecoded === 0) return;
    const planes = new Float32Array(samplesDecoded * channelData.length);
    channelData.forEach((plane, index) =>
      planes.set(plane.subarray(0, samplesDecoded), index * samplesDecoded),
    );
    this.onSample(
      new AudioSample({
        data: planes,
        format: 'f32-planar',
        numberOfChannels: channelData.length,
        sampleRate,
        timestamp: time,
      }),
    );
    this.#time = time + samplesDecoded / sampleRate;
  }

  override flush(): void {}

  override close(): void {
    this.#decoder.free();
  }
}

let registered = false;

/**
 * Registers decoders for the audio formats that the library can decode only in browsers.
 *
 * @param codec - The format to decode: that of AAC is loaded for AAC alone.
 */
export async function registerDecoders(codec: AudioCodec | null): Promise<void> {
  if (codec === 'aac') await loadAac();
  if (registered) return;
  registered = true;
  for (const decoder of [Opus, Mp3, Aac]) registerDecoder(decoder);
}
