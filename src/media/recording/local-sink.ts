import {SipError, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import type {CompletedFile} from './completed-file.js';
import type {RecordingEnd, RecordingProgress} from './recording-about.js';
import type {RecordingFolder} from './recording-folder.js';
import type {RecordingSink} from './recording-sink.js';

/** What a recording needs from the storage. */
export interface Storage {
  /** Returns how many bytes may be written; deletes the oldest recordings if space is scarce or less than needed. */
  makeRoom(needed: number): Promise<number>;
  /** Deletes the oldest recording that may be deleted. Returns false if there is none. */
  dropOldest(): Promise<boolean>;
  /** Deletes this recording. */
  discard(): Promise<void>;
  /** Unlocks this recording. */
  release(): void;
}

/** After how many parts the free space is checked again: other pages record as well. */
const PARTS_BETWEEN_CHECKS = 60;

/** Writes a recording to the browser's private files, and keeps none of it in memory. */
export class LocalSink implements RecordingSink {
  readonly #folder: RecordingFolder;
  readonly #storage: Storage;
  readonly #captions = new TaskQueue();
  #parts = 0;
  #size = 0;
  /** How many bytes may be written before the free space is checked again. */
  #room: number;

  private constructor(folder: RecordingFolder, storage: Storage, room: number) {
    this.#folder = folder;
    this.#storage = storage;
    this.#room = room;
  }

  /** @throws {SipError} `storage-full` */
  static async open(folder: RecordingFolder, storage: Storage): Promise<LocalSink> {
    const room = await storage.makeRoom(1);
    if (room <= 0) throw new SipError('storage-full');
    return new LocalSink(folder, storage, room);
  }

  /** @throws {SipError} `storage-full` if there is no space even after deleting all recordings that may be deleted. */
  async write(part: Blob, progress: RecordingProgress): Promise<void> {
    if (part.size > this.#room || this.#parts % PARTS_BETWEEN_CHECKS === PARTS_BETWEEN_CHECKS - 1)
      this.#room = await this.#storage.makeRoom(part.size);
    if (part.size > this.#room) throw new SipError('storage-full');
    this.#parts += 1;
    this.#size += part.size;
    this.#room -= part.size;
    for (;;) {
      try {
        return await this.#folder.add(part, this.#parts, this.#size, progress);
      } catch (error) {
        // The browser's estimate may be wrong.
        if (toSipError(error).code === 'storage-full' && (await this.#storage.dropOldest())) continue;
        throw error;
      }
    }
  }

  async addCaptions(text: string): Promise<void> {
    await this.#captions.run(() => this.#folder.addCaptions(text));
  }

  async finish(end: RecordingEnd): Promise<CompletedFile> {
    try {
      if (!this.#size) {
        await this.#storage.discard();
        return {blob: new Blob([], {type: end.type}), duration: 0};
      }
      // A full disk cannot store the end: the recording then counts as interrupted, but its parts remain.
      await this.#folder.setEnd(end).catch(() => {});
      return await this.#folder.complete().catch(async () => {
        const raw = await this.#folder.join(end.type);
        return {blob: raw, duration: end.duration};
      });
    } finally {
      this.#storage.release();
    }
  }
}
