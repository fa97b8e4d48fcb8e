import type {MediaKind} from '../media/index.js';
import type {Frames} from './reader-messages.js';
import {READER_LIMITS} from './reader-limits.js';
import {ReaderProcess, Unplayable} from './reader-process.js';

/** What reads the open files. */
const readers = new Set<ReaderProcess>();

/** What has read a file, for the next one: it takes longer to start than to open a file. */
let spare: ReaderProcess | undefined;

/** A file with audio, video, or both, which a process of its own reads. */
export class MediaFile {
  /** The duration in seconds. */
  readonly duration: number;
  readonly #reader: ReaderProcess;
  readonly #kinds: readonly MediaKind[];
  #passes = 0;

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
    if (readers.size >= READER_LIMITS.files) throw new Unplayable('Too many files are being played.');
    const kept = spare?.ended ? undefined : spare;
    spare = undefined;
    const reader = kept ?? new ReaderProcess();
    readers.add(reader);
    try {
      const found = await reader.ask('open', {path, kinds});
      return new MediaFile(reader, found.duration, found.kinds);
    } catch (error) {
      // The file before may be the cause.
      const again = kept?.ended;
      close(reader);
      if (again) return MediaFile.open(path, kinds);
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

  /** Closes the file. */
  close(): void {
    close(this.#reader);
  }

  /** Reads a few frames at a time; throws `Unplayable` if the file turns out to be unreadable. */
  async *#frames<Kind extends MediaKind>(kind: Kind): AsyncGenerator<Frames[Kind]> {
    const pass = (this.#passes += 1);
    for (;;) {
      const frames = await this.#reader.ask('read', {kind, pass});
      if (frames.length === 0) return;
      yield* frames as readonly Frames[Kind][];
    }
  }
}

function close(reader: ReaderProcess): void {
  void reader.rest().then(() => {
    readers.delete(reader);
    if (spare && !spare.ended) reader.close();
    else spare = reader;
  });
}
