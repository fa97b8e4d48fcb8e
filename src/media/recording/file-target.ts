/** A part of a file, and the byte at which it stands. */
export interface FilePart {
  type: 'write';
  data: Uint8Array<ArrayBuffer>;
  position: number;
}

/** Where a file is written to. */
export interface FileTarget {
  readonly stream: WritableStream<FilePart>;
  /** Lets go of what was written, where it comes to nothing. */
  discard(): Promise<void>;
  /** Gives the file, of the media type, once the stream is closed. */
  file(type: string): Promise<Blob>;
}
