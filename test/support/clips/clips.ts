import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readFileSync} from 'node:fs';
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  OGG,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import {upload} from '../scripted/raw-upload.js';

/** A steady tone, and silence after it, as a WAV file: 16 bits, one channel. */
export function toneWav(
  frequency: number,
  seconds: number,
  {rate = 48_000, silence = 0}: {readonly rate?: number; readonly silence?: number} = {},
): Buffer {
  const sounding = Math.round(seconds * rate);
  const count = sounding + Math.round(silence * rate);
  const file = Buffer.alloc(44 + 2 * count);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * count, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * count, 40);
  for (let index = 0; index < sounding; index += 1)
    file.writeInt16LE(
      Math.round(0x7fff * 0.3 * Math.sin((2 * Math.PI * frequency * index) / rate)),
      44 + 2 * index,
    );
  return file;
}

/** A file of the folder `clips`: 1.5 s of 700 Hz, or what its name says. */
export const clip = (name: string): Buffer => readFileSync(new URL(`./${name}`, import.meta.url));

/** A WebM file with Opus, whose second half comes this many seconds later. */
export async function withHole(file: Buffer, seconds: number): Promise<Buffer> {
  const input = new Input({source: new BufferSource(file), formats: [OGG]});
  const track = (await input.getPrimaryAudioTrack())!;
  const target = new BufferTarget();
  const output = new Output({format: new WebMOutputFormat(), target});
  const sound = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(sound);
  await output.start();
  const meta = {decoderConfig: (await track.getDecoderConfig())!};
  const middle = (await track.computeDuration()) / 2;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const {timestamp} = packet;
    await sound.add(packet.clone({timestamp: timestamp < middle ? timestamp : timestamp + seconds}), meta);
  }
  await output.finalize();
  return Buffer.from(target.buffer!);
}

/** An MP4 with AAC that claims to be High Efficiency AAC (object type 5; ISO/IEC 14496-3, 1.6.2.1). */
export function ofAnotherProfile(mp4: Buffer): Buffer {
  const file = Buffer.from(mp4);
  const said = file.indexOf(Buffer.from('0580808005', 'hex')) + 5;
  file[said] = (5 << 3) | (file[said]! & 7);
  return file;
}

/** Uploads a file and returns its id. */
export async function uploaded(url: string, name: string, content: Buffer): Promise<string> {
  const {status, body} = await upload(url, content, {type: '6', name});
  if (status !== 200) throw new Error(`upload: ${status} ${body.toString()}`);
  return String((JSON.parse(body.toString()) as {fileid: string}).fileid);
}

/** Makes a folder for uploads, for as long as it is needed. */
export async function uploadsFolder(): Promise<{readonly path: string; remove(): Promise<void>}> {
  const path = await mkdtemp(join(tmpdir(), 'sip-elements-uploads-'));
  return {path, remove: () => rm(path, {recursive: true, force: true})};
}

/** The sample film with its VP8 and Opus in another container: MP4. */
export async function filmMp4(): Promise<Buffer> {
  const film = readFileSync(new URL('../../../server/uploads/samples/sample-film.webm', import.meta.url));
  const input = new Input({source: new BufferSource(film), formats: [WEBM]});
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const target = new BufferTarget();
  const output = new Output({format: new Mp4OutputFormat(), target});
  const [picture, sound] = [new EncodedVideoPacketSource('vp8'), new EncodedAudioPacketSource('opus')];
  output.addVideoTrack(picture);
  output.addAudioTrack(sound);
  await output.start();
  const videoMeta = {decoderConfig: (await video!.getDecoderConfig())!};
  const audioMeta = {decoderConfig: (await audio!.getDecoderConfig())!};
  for await (const packet of new EncodedPacketSink(video!).packets()) await picture.add(packet, videoMeta);
  for await (const packet of new EncodedPacketSink(audio!).packets()) await sound.add(packet, audioMeta);
  await output.finalize();
  return Buffer.from(target.buffer!);
}
