import {completed, type CompletedFile} from './completed-file.js';
import type {RecordingEnd, RecordingProgress} from './recording-about.js';

/** Where the parts of a recording go as they are made. */
export interface RecordingSink {
  /** Takes the next part. Rejects where it cannot be kept: then the recording ends. */
  write(part: Blob, progress: RecordingProgress): Promise<void>;
  /** Gives all that was written, as one file; an empty one where nothing was. */
  finish(end: RecordingEnd): Promise<CompletedFile>;
}

/** Keeps the parts in the browser's own store of blobs, for as long as the page lives. */
export class BlobSink implements RecordingSink {
  readonly #parts: Blob[] = [];

  async write(part: Blob, _progress?: RecordingProgress): Promise<void> {
    this.#parts.push(part);
  }

  async finish({type, ...progress}: RecordingEnd): Promise<CompletedFile> {
    return completed(new Blob(this.#parts.splice(0), {type}), progress);
  }
}
