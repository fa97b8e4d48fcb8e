import {OpusPackets} from './opus-packets.js';

/** Bits per second: speech is clear, and twelve groups of five minutes take 11 MB. */
const BITRATE = 24_000;
/** The length of a packet in microseconds, the longest that Opus has: the fewest bytes are lost on what stands before each. */
const PACKET = 60_000;

/** Whether the browser can encode Opus. */
export async function encodesOpus(): Promise<boolean> {
  if (typeof AudioEncoder === 'undefined') return false;
  const {supported} = await AudioEncoder.isConfigSupported(configOf(48_000));
  return !!supported;
}

/** Encodes one utterance while it is heard. */
export class UtteranceEncoder {
  readonly packets = new OpusPackets();
  readonly #encoder: AudioEncoder;
  readonly #sampleRate: number;
  #samples = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#encoder = new AudioEncoder({
      output: (chunk) => this.packets.add(chunk),
      // The encoder is closed then: what it has encoded until then stays.
      error: () => {},
    });
    this.#encoder.configure(configOf(sampleRate));
  }

  /** In seconds. */
  get duration(): number {
    return this.#samples / this.#sampleRate;
  }

  add(samples: Float32Array<ArrayBuffer>): void {
    if (!isOpen(this.#encoder)) return;
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: this.#sampleRate,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: Math.round(this.duration * 1_000_000),
      data: samples,
    });
    this.#samples += samples.length;
    this.#encoder.encode(data);
    data.close();
  }

  /** Resolves when all of it is encoded. Idempotent. */
  async end(): Promise<void> {
    // One that has failed is closed.
    await this.#encoder.flush().catch(() => {});
    if (isOpen(this.#encoder)) this.#encoder.close();
    this.packets.shrink();
  }
}

function isOpen({state}: AudioEncoder): boolean {
  return state !== 'closed';
}

function configOf(sampleRate: number): AudioEncoderConfig {
  return {codec: 'opus', sampleRate, numberOfChannels: 1, bitrate: BITRATE, opus: {frameDuration: PACKET}};
}
