/** Where the parts of a recording go as they are made. */
export interface RecordingSink {
  /** Takes the next part. Rejects where it cannot be kept: then the recording ends. */
  write(part: Blob): Promise<void>;
  /** Gives all that was written, as one file of the type. */
  file(type: string): Promise<Blob>;
}

/** Keeps the parts in the browser's own store of blobs, for as long as the page lives. */
export class BlobSink implements RecordingSink {
  readonly #parts: Blob[] = [];

  async write(part: Blob): Promise<void> {
    this.#parts.push(part);
  }

  async file(type: string): Promise<Blob> {
    return new Blob(this.#parts, {type});
  }
}
