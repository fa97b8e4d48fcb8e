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
} from 'mediabunny';

/** A recording to leave. */
export interface LongRecording {
  readonly id: string;
  readonly seconds: number;
  /** The content of its `about.json`. */
  readonly about: object;
  /** Its approximate size: its frames are padded, to be counted and not to be looked at. */
  readonly bytes: number;
}

/**
 * Leaves a recording in the browser's private files as a page leaves one that is gone in the middle: a part for each second,
 * in which a short recording is repeated, and not its end.
 *
 * @returns How large it is, in bytes.
 */
export async function leaveLong(short: Blob, {id, seconds, about, bytes}: LongRecording): Promise<number> {
  const folder = await recordingFolder(id);
  await put(folder, 'about.json', new Blob([JSON.stringify(about)]));
  const parts = await folder.getDirectoryHandle('parts', {create: true});
  const input = new Input({source: new BlobSource(short), formats: [MP4, WEBM, MATROSKA]});
  const kind = short.type.endsWith('/webm') ? 'webm' : 'mp4';
  const written: Uint8Array<ArrayBuffer>[] = [];
  const stream = new WritableStream<{data: Uint8Array<ArrayBuffer>}>({
    write: ({data}) => void written.push(data.slice()),
  });
  const output = new Output({
    format:
      kind === 'webm'
        ? new WebMOutputFormat({appendOnly: true})
        : new Mp4OutputFormat({fastStart: 'fragmented'}),
    target: new StreamTarget(stream as never),
  });
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const [picture, sound] = [
    new EncodedVideoPacketSource((await video!.getCodec())!),
    new EncodedAudioPacketSource((await audio!.getCodec())!),
  ];
  output.addVideoTrack(picture);
  output.addAudioTrack(sound);
  await output.start();
  const length = Math.min(await video!.computeDuration(), await audio!.computeDuration());
  const {packetCount} = await video!.computePacketStats();
  const fill = Math.max(0, Math.round(((bytes / seconds) * length - short.size) / packetCount));
  const settings = {
    video: {decoderConfig: (await video!.getDecoderConfig())!},
    audio: {decoderConfig: (await audio!.getDecoderConfig())!},
  };
  let [size, index] = [0, 0];
  for (let begin = 0; begin < seconds; begin += length) {
    const lanes = [video!, audio!].map((track) => new EncodedPacketSink(track as never).packets());
    const next = await Promise.all(lanes.map(async (lane) => (await lane.next()).value ?? undefined));
    for (;;) {
      const first = (next[1]?.timestamp ?? Infinity) < (next[0]?.timestamp ?? Infinity) ? 1 : 0;
      const packet = next[first];
      if (!packet || packet.timestamp >= length || begin + packet.timestamp >= seconds) break;
      const data = first ? packet.data : filledUp(packet.data, fill);
      const moved = packet.clone({timestamp: begin + packet.timestamp, data});
      await (first ? sound.add(moved, settings.audio) : picture.add(moved, settings.video));
      next[first] = (await lanes[first]!.next()).value ?? undefined;
      const now = begin + packet.timestamp;
      if (now < index + 1 || !written.length) continue;
      const part = new Blob(written.splice(0));
      index += 1;
      size += part.size;
      const name = `${String(index).padStart(6, '0')}-${Math.round(now * 1000)}-${size}-v.${kind}`;
      await put(parts, name, part);
    }
  }
  await output.cancel();
  input.dispose();
  return size;
}

function filledUp(data: Uint8Array, fill: number): Uint8Array {
  const filled = new Uint8Array(data.length + fill);
  filled.set(data);
  return filled;
}

async function recordingFolder(id: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const all = await root.getDirectoryHandle('sip-elements-recordings', {create: true});
  return all.getDirectoryHandle(id, {create: true});
}

async function put(folder: FileSystemDirectoryHandle, name: string, data: Blob): Promise<void> {
  const writable = await (await folder.getFileHandle(name, {create: true})).createWritable();
  await writable.write(data);
  await writable.close();
}
