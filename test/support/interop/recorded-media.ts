import type {Page} from 'puppeteer-core';
import type {Halves} from '../page/signals.js';

/** A stream of RTP that a page sends. */
export interface SentStream {
  readonly kind: 'audio' | 'video';
  readonly ssrc: number;
  readonly payloadType: number;
}

/** A frame as a server has it that ends the transport's encryption. */
export interface EncodedFrame {
  readonly type: 'key' | 'delta';
  /** In microseconds. */
  readonly timestamp: number;
  readonly data: Buffer;
}

/** How many frames were decoded to what was sent. */
export interface Decoded {
  /** Those in which the tone is most of what is heard. */
  readonly sounds: number;
  /** Those whose halves have their colors. */
  readonly pictures: number;
}

interface Packet {
  readonly sequence: number;
  readonly timestamp: number;
  readonly marked: boolean;
  readonly payload: Buffer;
}

/** What the page's call sends. */
export const sentStreams = (page: Page): Promise<SentStream[]> =>
  page.evaluate(async () => {
    const report = await (window as any).call.statistics();
    return [...report.values()]
      .filter(({type, codecId}) => type === 'outbound-rtp' && codecId)
      .map(({kind, ssrc, codecId}) => ({kind, ssrc, payloadType: report.get(codecId).payloadType}));
  });

/** The frames of Opus or VP8 in a file of pcap. */
export function framesIn(file: Buffer, stream: SentStream): EncodedFrame[] {
  const packets = packetsIn(file, stream);
  if (stream.kind === 'audio')
    return packets.map(({timestamp, payload}) => ({
      type: 'key',
      timestamp: (timestamp * 1000) / 48,
      data: payload,
    }));
  const pictures = new Map<number, Packet[]>();
  for (const packet of packets)
    pictures.set(packet.timestamp, [...(pictures.get(packet.timestamp) ?? []), packet]);
  return [...pictures]
    .filter(([, parts]) => isWhole(parts))
    .map(([timestamp, parts]) => {
      const data = Buffer.concat(parts.map(({payload}) => payload.subarray(descriptorLength(payload))));
      // The lowest bit of a VP8 frame's header (RFC 6386 §9.1).
      return {type: data[0]! & 1 ? 'delta' : 'key', timestamp: (timestamp * 1000) / 90, data};
    });
}

/** The packets of a stream, in their order. */
function packetsIn(file: Buffer, {ssrc, payloadType}: SentStream): Packet[] {
  const little = file.readUInt32BE(0) !== 0xa1b2c3d4;
  const number = (at: number): number => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
  // The link type: Ethernet has a header of its own before that of IP.
  const linkLength = number(20) === 1 ? 14 : 0;
  const packets = new Map<number, Packet>();
  for (let at = 24; at + 16 <= file.length;) {
    const length = number(at + 8);
    const end = at + 16 + length;
    const ip = file.subarray(at + 16 + linkLength, end);
    at = end;
    // The rest is not written yet.
    if (end > file.length) break;
    const rtp = ip.subarray((ip[0]! & 15) * 4 + 8);
    if (rtp.length < 12 || rtp[0]! >> 6 !== 2 || rtp.readUInt32BE(8) !== ssrc) continue;
    let start = 12 + (rtp[0]! & 15) * 4;
    if (rtp[0]! & 16) start += 4 + rtp.readUInt16BE(start + 2) * 4;
    if ((rtp[1]! & 127) !== payloadType) {
      // Pictures are sent as RED, whose single block names its payload type (RFC 2198 §3).
      if (rtp[start] !== payloadType) continue;
      start += 1;
    }
    const stop = rtp.length - (rtp[0]! & 32 ? rtp.at(-1)! : 0);
    const sequence = rtp.readUInt16BE(2);
    if (stop > start)
      packets.set(sequence, {
        sequence,
        timestamp: rtp.readUInt32BE(4),
        marked: rtp[1]! > 127,
        payload: rtp.subarray(start, stop),
      });
  }
  return [...packets.values()].sort((one, other) => ((one.sequence - other.sequence) << 16) >> 16);
}

/** Whether a picture has its first packet, its last one and all between. */
const isWhole = (parts: readonly Packet[]): boolean =>
  (parts[0]!.payload[0]! & 0x1f) === 0x10 &&
  parts.at(-1)!.marked &&
  parts.every(({sequence}, index) => sequence === ((parts[0]!.sequence + index) & 0xffff));

/** The length of the descriptor before a part of a VP8 frame (RFC 7741 §4.2). */
function descriptorLength(payload: Buffer): number {
  if (payload[0]! < 0x80) return 1;
  const has = payload[1]!;
  let length = 2;
  if (has & 0x80) length += payload[length]! & 0x80 ? 2 : 1;
  if (has & 0x40) length += 1;
  if (has & 0x30) length += 1;
  return length;
}

/** Decodes frames in a page of Chromium, and compares them with what was sent. */
export function decoded(
  page: Page,
  sounds: readonly EncodedFrame[],
  pictures: readonly EncodedFrame[],
  tone: number,
  halves: Halves,
): Promise<Decoded> {
  const texts = (frames: readonly EncodedFrame[]) =>
    frames.map(({data, ...frame}) => ({...frame, data: data.toString('base64')}));
  return page.evaluate(
    async (sounds, pictures, tone, halves) => {
      type Texts = typeof sounds;
      /** Counts what an outcome of the decoder is true for. */
      const count = async (
        Decoder: any,
        config: object,
        Chunk: any,
        frames: Texts,
        fits: (data: any) => boolean,
      ): Promise<number> => {
        let found = 0;
        let decoder: any;
        for (const {type, timestamp, data} of frames) {
          if (!decoder || decoder.state === 'closed') {
            // After an error it goes on with the next frame that needs no other one.
            if (type !== 'key') continue;
            decoder = new Decoder({
              output(data: any) {
                if (fits(data)) found += 1;
                data.close();
              },
              error() {},
            });
            decoder.configure(config);
          }
          decoder.decode(
            new Chunk({type, timestamp, data: Uint8Array.from(atob(data), (c) => c.charCodeAt(0))}),
          );
          while (decoder.state !== 'closed' && decoder.decodeQueueSize > 0)
            await new Promise((resolve) => setTimeout(resolve));
        }
        if (decoder?.state === 'configured') await decoder.flush().catch(() => {});
        return found;
      };
      const canvas = Object.assign(document.createElement('canvas'), {width: 4, height: 4});
      const context = canvas.getContext('2d', {willReadFrequently: true})!;
      return {
        sounds: await count(
          AudioDecoder,
          {codec: 'opus', sampleRate: 48_000, numberOfChannels: 2},
          EncodedAudioChunk,
          sounds,
          (data: AudioData) => {
            const samples = new Float32Array(data.numberOfFrames);
            data.copyTo(samples, {planeIndex: 0, format: 'f32-planar'});
            let [real, imaginary, energy] = [0, 0, 0];
            samples.forEach((sample, at) => {
              const angle = (2 * Math.PI * tone * at) / data.sampleRate;
              real += sample * Math.cos(angle);
              imaginary += sample * Math.sin(angle);
              energy += sample * sample;
            });
            const {length} = samples;
            const power = (2 * (real ** 2 + imaginary ** 2)) / length ** 2;
            return power > 0.001 && power > (0.7 * energy) / length;
          },
        ),
        pictures: await count(
          VideoDecoder,
          {codec: 'vp8'},
          EncodedVideoChunk,
          pictures,
          (data: VideoFrame) => {
            context.drawImage(data, 0, 0, 4, 4);
            return halves.every((color, index) => {
              const {data} = context.getImageData(index * 3, 1, 1, 1);
              return color.every((part, place) => Math.abs(part - data[place]!) < 45);
            });
          },
        ),
      };
    },
    texts(sounds),
    texts(pictures),
    tone,
    halves,
  );
}
