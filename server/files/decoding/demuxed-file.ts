import * as media from 'mediabunny';
import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
} from 'mediabunny';
import type {MediaKind} from '../../media/index.js';
import type {PictureFrame} from '../reader-messages.js';
import {registerDecoders} from './decoders.js';
import {soundFrames} from './sound-frames.js';

/** The formats that can be played, by the names that mediabunny has for them. */
const FORMATS = ['WAVE', 'OGG', 'MP3', 'MP4', 'QTFF', 'WEBM', 'MATROSKA'] as const;

/** The longest frame of video that is sent on, in bytes. */
const LONGEST_FRAME = 1_000_000;

/** Why a readable file cannot be played; the message is for the user. */
export class Refusal extends Error {}

/** A file with audio, video, or both, while it is read. */
export class DemuxedFile {
  /** The duration in seconds. */
  readonly duration: number;
  readonly #input: Input;
  readonly #sound: InputAudioTrack | null;
  readonly #picture: InputVideoTrack | null;
  /** When the file begins, on the time scale of its tracks, in seconds. */
  readonly #start: number;

  private constructor(
    input: Input,
    sound: InputAudioTrack | null,
    picture: InputVideoTrack | null,
    {start, end}: {start: number; end: number},
  ) {
    this.#input = input;
    this.#sound = sound;
    this.#picture = picture;
    this.#start = start;
    this.duration = end - start;
  }

  /**
   * Opens a file.
   *
   * @param kinds - The kinds to play.
   * @throws {Refusal} if the file has none of them, or has media that cannot be forwarded.
   */
  static async open(path: string, kinds: readonly MediaKind[]): Promise<DemuxedFile> {
    const input = inputOf(path);
    try {
      return await DemuxedFile.#read(input, kinds);
    } catch (error) {
      input.dispose();
      throw error;
    }
  }

  static async #read(input: Input, kinds: readonly MediaKind[]): Promise<DemuxedFile> {
    const sound = await input.getPrimaryAudioTrack();
    const picture = kinds.includes('video') ? await input.getPrimaryVideoTrack() : null;
    if (picture) {
      const codec = await picture.getCodec();
      if (codec !== 'vp8') throw new Refusal(`Its picture is ${nameOf(codec)}; only VP8 can be sent on.`);
    }
    if (sound) {
      const codec = await sound.getCodec();
      await registerDecoders(codec);
      if (!(await sound.canDecode()))
        throw new Refusal(`Its sound is ${nameOf(codec)}, which cannot be decoded here.`);
      if (!isUsual(await sound.getSampleRate(), await sound.getNumberOfChannels()))
        throw new Refusal('Its sound has an unusual sample rate or number of channels.');
    }
    const tracks = [sound, picture].filter((track) => track !== null);
    if (tracks.length === 0) throw new Refusal('There is no sound in it.');
    return new DemuxedFile(input, sound, picture, await extentOf(input, tracks));
  }

  get kinds(): readonly MediaKind[] {
    const tracks = {audio: this.#sound, video: this.#picture};
    return (['audio', 'video'] as const).filter((kind) => tracks[kind]);
  }

  close(): void {
    this.#input.dispose();
  }

  /** Returns the frames of a kind from the beginning. */
  frames(kind: MediaKind): AsyncGenerator<Int16Array | PictureFrame, void> {
    if (kind === 'audio' && this.#sound) return soundFrames(this.#sound, this.#start);
    if (kind === 'video' && this.#picture) return pictureFrames(this.#picture, this.#start);
    throw new Error(`There is no ${kind} in it.`);
  }
}

/** Returns the length of a file in seconds; undefined if there is neither sound nor a picture in it. */
export async function lengthOf(path: string): Promise<number | undefined> {
  const input = inputOf(path);
  try {
    const all = await Promise.all([input.getPrimaryAudioTrack(), input.getPrimaryVideoTrack()]);
    const tracks = all.filter((track) => track !== null);
    if (tracks.length === 0) return undefined;
    const {start, end} = await extentOf(input, tracks);
    return end - start;
  } finally {
    input.dispose();
  }
}

const inputOf = (path: string): Input =>
  new Input({source: new FilePathSource(path), formats: FORMATS.map((name) => media[name])});

/** Returns when tracks begin and end; samples before 0 only prime the decoder. */
async function extentOf(
  input: Input,
  tracks: readonly InputTrack[],
): Promise<{readonly start: number; readonly end: number}> {
  const start = Math.max(0, await input.getFirstTimestamp([...tracks]));
  return {start, end: await input.computeDuration([...tracks])};
}

async function* pictureFrames(track: InputVideoTrack, start: number): AsyncGenerator<PictureFrame, void> {
  for await (const {data, type, timestamp, duration} of new EncodedPacketSink(track).packets())
    // The packets of a frame are sent at once.
    if (data.length <= LONGEST_FRAME) yield {data, key: type === 'key', time: timestamp - start, duration};
}

/** A rate of a few samples per second would become minutes of sound in one piece. */
const isUsual = (rate: number, channels: number): boolean =>
  rate >= 8_000 && rate <= 192_000 && channels <= 8;

const nameOf = (codec: string | null): string => codec ?? 'of an unknown kind';
