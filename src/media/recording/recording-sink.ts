import {completed, type CompletedFile} from './completed-file.js';
import type {RecordingEnd, RecordingProgress} from './recording-about.js';

/** Where the parts of a recording are written as they are made. */
export interface RecordingSink {
  /** Writes the next part. Rejects if it cannot be stored: the recording ends then. */
  write(part: Blob, progress: RecordingProgress): Promise<void>;
  /** Adds to the captions, also after the end. */
  addCaptions(text: string): Promise<void>;
  /** Returns everything that was written as one file; empty if nothing was. */
  finish(end: RecordingEnd): Promise<CompletedFile>;
}

/** Keeps the parts in the browser's blob store, as long as the page is open. */
export class BlobSink implements RecordingSink {
  readonly #parts: Blob[] = [];

  async write(part: Blob, _progress?: RecordingProgress): Promise<void> {
    this.#parts.push(part);
  }

  async addCaptions(_text?: string): Promise<void> {
    // The page gets them with the file.
  }

  async finish({type, ...progress}: RecordingEnd): Promise<CompletedFile> {
    return completed(new Blob(this.#parts.splice(0), {type}), progress);
  }
}
