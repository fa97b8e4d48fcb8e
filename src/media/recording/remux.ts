import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
  type EncodedPacket,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import type {FilePart, FileTarget} from './file-target.js';

export {opusFile} from './opus-file.js';

/** How much is kept in memory before the browser may write it to disk, in bytes. */
const CHUNK = 4 * 1024 * 1024;

/** A track that is copied to the new file. */
interface Lane {
  readonly packets: AsyncIterator<EncodedPacket, void>;
  next: EncodedPacket | undefined;
  add(packet: EncodedPacket): Promise<void>;
  close(): void;
}

/**
 * Rewrites a browser's recording with its duration and an index for seeking; nothing is encoded again.
 *
 * @param pictured - Whether to keep the video; without it the file has only audio.
 * @param target - Where the file is written; blobs by default.
 * @returns The file with its media type, and its duration in seconds.
 */
export async function remux(
  raw: Blob,
  pictured: boolean,
  target: FileTarget = blobTarget(),
): Promise<{blob: Blob; duration: number}> {
  const input = new Input({source: new BlobSource(raw), formats: [MP4, WEBM, MATROSKA]});
  try {
    const webm = raw.type.endsWith('/webm');
    const output = new Output({
      format: webm ? new WebMOutputFormat() : new Mp4OutputFormat({fastStart: false}),
      target: new StreamTarget(target.stream, {chunked: true, chunkSize: CHUNK}),
    });
    const video = pictured ? await input.getPrimaryVideoTrack() : null;
    const audio = await input.getPrimaryAudioTrack();
    const lanes: Lane[] = [];
    if (video) lanes.push(await videoLane(output, video));
    if (audio) lanes.push(await audioLane(output, audio));
    await output.start();
    await drive(lanes);
    await output.finalize();
    const tracks = [video, audio].filter((track) => track !== null);
    const ends = await Promise.all(tracks.map((track) => track.computeDuration()));
    const type = `${video ? 'video' : 'audio'}/${webm ? 'webm' : 'mp4'}`;
    return {blob: await target.file(type), duration: Math.max(...ends)};
  } finally {
    input.dispose();
  }
}

/** Copies the packets of all tracks in the order of their times, so that none waits in memory for the others. */
async function drive(lanes: readonly Lane[]): Promise<void> {
  for (const lane of lanes) await advance(lane);
  for (;;) {
    const [first] = lanes.filter(({next}) => next).sort((one, other) => timeOf(one) - timeOf(other));
    if (!first?.next) return;
    await first.add(first.next);
    await advance(first);
  }
}

async function advance(lane: Lane): Promise<void> {
  lane.next = (await lane.packets.next()).value ?? undefined;
  if (!lane.next) lane.close();
}

function timeOf({next}: Lane): number {
  return next?.timestamp ?? Infinity;
}

async function videoLane(output: Output, track: InputVideoTrack): Promise<Lane> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (!codec || !decoderConfig) throw new TypeError('The picture’s codec is unknown.');
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  return {
    packets: new EncodedPacketSink(track).packets(),
    next: undefined,
    add: (packet) => source.add(packet, {decoderConfig}),
    close: () => source.close(),
  };
}

async function audioLane(output: Output, track: InputAudioTrack): Promise<Lane> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (!codec || !decoderConfig) throw new TypeError('The sound’s codec is unknown.');
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return {
    packets: new EncodedPacketSink(track).packets(),
    next: undefined,
    add: (packet) => source.add(packet, {decoderConfig}),
    close: () => source.close(),
  };
}

function blobTarget(): FileTarget {
  const parts = new BlobParts();
  return {stream: new WritableStream(parts), discard: async () => {}, file: async (type) => parts.file(type)};
}

/** A file in blobs, which the browser keeps on disk if they are large. Overwritten bytes are cut out. */
class BlobParts implements UnderlyingSink<FilePart> {
  #blob = new Blob();

  write({data, position}: FilePart): void {
    const blob = this.#blob;
    const gap = new Uint8Array(Math.max(0, position - blob.size));
    this.#blob = new Blob([blob.slice(0, position), gap, data, blob.slice(position + data.length)]);
  }

  file(type: string): Blob {
    return this.#blob.slice(0, this.#blob.size, type);
  }
}
