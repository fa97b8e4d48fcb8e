import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {BufferSource, EncodedPacketSink, Input, WEBM, type InputTrack} from 'mediabunny';
import {SERVER_FOLDER} from '../folders.js';

/** What is sent in one moment. */
export interface Moment {
  readonly sound: Uint8Array | undefined;
  readonly picture: Uint8Array | undefined;
}

/** The duration of a moment, and of an Opus packet of the file, in milliseconds. */
export const MOMENT = 20;

/** A test picture with a tone of 440 Hz: 4 s of VP8 and Opus, with a key frame every half second. */
const FILE = join(SERVER_FOLDER, 'devices/camera.webm');

let clip: Promise<readonly Moment[]> | undefined;

/** Loads the cameras' clip, once; it loops seamlessly. */
export function loadClip(): Promise<readonly Moment[]> {
  return (clip ??= read());
}

async function read(): Promise<readonly Moment[]> {
  const input = new Input({source: new BufferSource(await readFile(FILE)), formats: [WEBM]});
  try {
    const [audio, video] = [await input.getPrimaryAudioTrack(), await input.getPrimaryVideoTrack()];
    if (!audio || !video) throw new Error('the camera’s file lacks a track');
    const [sounds, pictures] = [await packetsOf(audio), await packetsOf(video)];
    const length = Math.round((await video.computeDuration()) * (1000 / MOMENT));
    return Array.from({length}, (_, index) => ({sound: sounds.get(index), picture: pictures.get(index)}));
  } finally {
    input.dispose();
  }
}

/** Returns a track's packets by the moment at which they are due. */
async function packetsOf(track: InputTrack): Promise<ReadonlyMap<number, Uint8Array>> {
  const packets = new Map<number, Uint8Array>();
  for await (const {timestamp, data} of new EncodedPacketSink(track).packets())
    packets.set(Math.max(0, Math.round((timestamp * 1000) / MOMENT)), data);
  return packets;
}
