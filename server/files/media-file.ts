import type {MediaKind} from '../media/index.js';
import type {Frames} from './reader-messages.js';
import {READER_LIMITS} from './reader-limits.js';
import {Unplayable, type ReaderProcess} from './reader-process.js';
import {askReader, giveBack} from './readers.js';

/** How many files are open, or being opened or closed. */
let open = 0;

/** A file with audio, video, or both, which a process of its own reads. */
export class MediaFile {
  /** The duration in seconds. */
  readonly duration: number;
  readonly #reader: ReaderProcess;
  readonly #kinds: readonly MediaKind[];
  #passes = 0;
  #closed = false;

  private constructor(reader: ReaderProcess, duration: number, kinds: readonly MediaKind[]) {
    this.#reader = reader;
    this.duration = duration;
    this.#kinds = kinds;
  }

  /**
   * Opens a file.
   *
   * @param kinds - The kinds to play.
   * @throws {Unplayable} if the file has none of them, or has media that cannot be forwarded, or too many files
   *   are being played.
   */
  static async open(path: string, kinds: readonly MediaKind[]): Promise<MediaFile> {
    if (open >= READER_LIMITS.files) throw new Unplayable('Too many files are being played.');
    open += 1;
    try {
      const {reader, answer} = await askReader('open', {path, kinds});
      return new MediaFile(reader, answer.duration, answer.kinds);
    } catch (error) {
      open -= 1;
      throw error;
    }
  }

  get hasPicture(): boolean {
    return this.#kinds.includes('video');
  }

  /** Returns the audio from the beginning, frame by frame; undefined if there is none. */
  sound(): AsyncIterable<Frames['audio']> | undefined {
    return this.#kinds.includes('audio') ? this.#frames('audio') : undefined;
  }

  /** Returns the video from the beginning; undefined if there is none. */
  picture(): AsyncIterable<Frames['video']> | undefined {
    return this.hasPicture ? this.#frames('video') : undefined;
  }

  /** Closes the file; idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void giveBack(this.#reader).then(() => (open -= 1));
  }

  /** Reads a few frames at a time; throws `Unplayable` if the file turns out to be unreadable. */
  async *#frames<Kind extends MediaKind>(kind: Kind): AsyncGenerator<Frames[Kind]> {
    const pass = (this.#passes += 1);
    // The process may read another file by then.
    while (!this.#closed) {
      const frames = await this.#reader.ask('read', {kind, pass});
      if (frames.length === 0) return;
      yield* frames as readonly Frames[Kind][];
    }
  }
}
