import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import type {MediaKind} from '../media/index.js';
import {registerDecoders} from './decoders.js';
import {soundFrames} from './sound-frames.js';

const FORMATS = [WAVE, OGG, MP3, MP4, QTFF, WEBM, MATROSKA];

/** A file that cannot be played; the message says why, to a person. */
export class Unplayable extends Error {}

/** One frame of a file's picture. */
export interface PictureFrame {
  readonly data: Uint8Array;
  readonly key: boolean;
  /** When it is shown and for how long, in seconds since the beginning. */
  readonly time: number;
  readonly duration: number;
}

/** A file with sound, with a picture, or with both. */
export class MediaFile {
  /** In seconds. */
  readonly duration: number;
  readonly #input: Input;
  readonly #sound: InputAudioTrack | null;
  readonly #picture: InputVideoTrack | null;
  /** When it begins, in the time of its tracks, in seconds. */
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
   * @param kinds - What of it is to be played.
   * @throws {Unplayable} where there is nothing of that, or something that cannot be sent on.
   */
  static async open(path: string, kinds: readonly MediaKind[]): Promise<MediaFile> {
    await registerDecoders();
    const input = new Input({source: new FilePathSource(path), formats: FORMATS});
    try {
      return await MediaFile.#read(input, kinds);
    } catch (error) {
      input.dispose();
      if (error instanceof Unplayable) throw error;
      throw new Unplayable('The file cannot be read as a sound or a film.', {cause: error});
    }
  }

  static async #read(input: Input, kinds: readonly MediaKind[]): Promise<MediaFile> {
    const sound = await input.getPrimaryAudioTrack();
    const picture = kinds.includes('video') ? await input.getPrimaryVideoTrack() : null;
    if (picture) {
      const codec = await picture.getCodec();
      if (codec !== 'vp8') throw new Unplayable(`Its picture is ${nameOf(codec)}; only VP8 can be sent on.`);
    }
    if (sound && !(await sound.canDecode()))
      throw new Unplayable(`Its sound is ${nameOf(await sound.getCodec())}, which cannot be decoded here.`);
    const tracks = [sound, picture].filter((track) => track !== null);
    if (tracks.length === 0) throw new Unplayable('There is no sound in it.');
    // What is before 0 is there for the decoder alone.
    const start = Math.max(0, await input.getFirstTimestamp(tracks));
    return new MediaFile(input, sound, picture, {start, end: await input.computeDuration(tracks)});
  }

  get hasPicture(): boolean {
    return this.#picture !== null;
  }

  /** Its sound from the beginning, frame by frame; undefined where it has none. */
  sound(): AsyncIterable<Int16Array> | undefined {
    return this.#sound ? soundFrames(this.#sound, this.#start) : undefined;
  }

  /** Its picture from the beginning; undefined where it has none. */
  picture(): AsyncIterable<PictureFrame> | undefined {
    return this.#picture ? pictureFrames(this.#picture, this.#start) : undefined;
  }

  /** Closes it. */
  close(): void {
    this.#input.dispose();
  }
}

async function* pictureFrames(track: InputVideoTrack, start: number): AsyncGenerator<PictureFrame> {
  for await (const {data, type, timestamp, duration} of new EncodedPacketSink(track).packets())
    yield {data, key: type === 'key', time: timestamp - start, duration};
}

const nameOf = (codec: string | null): string => codec ?? 'of an unknown kind';
