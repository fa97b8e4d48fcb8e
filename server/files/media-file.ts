import * as media from 'mediabunny';
import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import type {MediaKind} from '../media/index.js';
import {registerDecoders} from './decoders.js';
import {FORMATS, lengthOf} from './lengths.js';
import {soundFrames} from './sound-frames.js';

/** The longest frame of video that is sent on, in bytes. */
const LONGEST_FRAME = 1_000_000;

const UNREADABLE = 'The file cannot be read as a sound or a film.';

/** A file that cannot be played; the message explains why to the user. */
export class Unplayable extends Error {}

/** One frame of a file's video. */
export interface PictureFrame {
  readonly data: Uint8Array;
  readonly key: boolean;
  /** When it is shown and for how long, in seconds since the beginning. */
  readonly time: number;
  readonly duration: number;
}

/** A file with audio, video, or both. */
export class MediaFile {
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
   * @throws {Unplayable} if the file has none of them, or has media that cannot be forwarded.
   */
  static async open(path: string, kinds: readonly MediaKind[]): Promise<MediaFile> {
    await registerDecoders();
    if ((await lengthOf(path)) === undefined) throw new Unplayable(UNREADABLE);
    const input = new Input({source: new FilePathSource(path), formats: FORMATS.map((name) => media[name])});
    try {
      return await MediaFile.#read(input, kinds);
    } catch (error) {
      input.dispose();
      if (error instanceof Unplayable) throw error;
      throw new Unplayable(UNREADABLE, {cause: error});
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
    if (sound && !isUsual(await sound.getSampleRate(), await sound.getNumberOfChannels()))
      throw new Unplayable('Its sound has an unusual sample rate or number of channels.');
    const tracks = [sound, picture].filter((track) => track !== null);
    if (tracks.length === 0) throw new Unplayable('There is no sound in it.');
    // Samples before 0 only prime the decoder.
    const start = Math.max(0, await input.getFirstTimestamp(tracks));
    return new MediaFile(input, sound, picture, {start, end: await input.computeDuration(tracks)});
  }

  get hasPicture(): boolean {
    return this.#picture !== null;
  }

  /** Returns the audio from the beginning, frame by frame; undefined if there is none. */
  sound(): AsyncIterable<Int16Array> | undefined {
    return this.#sound ? soundFrames(this.#sound, this.#start) : undefined;
  }

  /** Returns the video from the beginning; undefined if there is none. */
  picture(): AsyncIterable<PictureFrame> | undefined {
    return this.#picture ? pictureFrames(this.#picture, this.#start) : undefined;
  }

  /** Closes the file. */
  close(): void {
    this.#input.dispose();
  }
}

async function* pictureFrames(track: InputVideoTrack, start: number): AsyncGenerator<PictureFrame> {
  for await (const {data, type, timestamp, duration} of new EncodedPacketSink(track).packets())
    // The packets of a frame are sent at once.
    if (data.length <= LONGEST_FRAME) yield {data, key: type === 'key', time: timestamp - start, duration};
}

/** A rate of a few samples per second would become minutes of sound in one piece. */
const isUsual = (rate: number, channels: number): boolean =>
  rate >= 8_000 && rate <= 192_000 && channels <= 8;

const nameOf = (codec: string | null): string => codec ?? 'of an unknown kind';
