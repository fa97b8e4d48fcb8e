/** A part of a file, and its byte position. */
export interface FilePart {
  type: 'write';
  data: Uint8Array<ArrayBuffer>;
  position: number;
}

/** The target that a file is written to. */
export interface FileTarget {
  readonly stream: WritableStream<FilePart>;
  /** Deletes what was written, if the file cannot be completed. */
  discard(): Promise<void>;
  /** Returns the file with the media type, after the stream was closed. */
  file(type: string): Promise<Blob>;
}
