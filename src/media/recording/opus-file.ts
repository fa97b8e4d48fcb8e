import {BufferTarget, EncodedAudioPacketSource, EncodedPacket, Output, WebMOutputFormat} from 'mediabunny';

/** A packet of Opus, and when it begins, in seconds. */
interface Packet {
  readonly data: Uint8Array;
  readonly time: number;
}

/** The rate of the times within Opus, in hertz (RFC 7845 §5.1). */
const RATE = 48_000;
/** The shortest packet, in seconds. */
const SHORTEST = 0.0025;
/** How many samples an encoder's first packet has too many, at that rate: what the usual encoder has. */
const PRE_SKIP = 312;

/**
 * Returns a file of encoded sound, with one channel.
 *
 * @param duration - In seconds.
 */
export async function opusFile(packets: Iterable<Packet>, duration: number): Promise<Blob> {
  const target = new BufferTarget();
  const output = new Output({format: new WebMOutputFormat(), target});
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = {codec: 'opus', sampleRate: RATE, numberOfChannels: 1, description: opusHead()};
  const all = [...packets];
  for (const [index, {data, time}] of all.entries()) {
    const end = all[index + 1]?.time ?? Math.max(time + SHORTEST, duration);
    await source.add(new EncodedPacket(data, 'key', time, end - time), {decoderConfig});
  }
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer()], {type: 'audio/webm'});
}

/** Returns the identification header (RFC 7845 §5.1). */
function opusHead(): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(19);
  const view = new DataView(head.buffer);
  new TextEncoder().encodeInto('OpusHead', head);
  view.setUint8(8, 1);
  view.setUint8(9, 1);
  view.setUint16(10, PRE_SKIP, true);
  view.setUint32(12, RATE, true);
  return head;
}
