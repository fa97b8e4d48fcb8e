import type {MediaKind} from '../media/index.js';

/** One frame of a file's video. */
export interface PictureFrame {
  readonly data: Uint8Array;
  readonly key: boolean;
  /** When it is shown and for how long, in seconds since the beginning. */
  readonly time: number;
  readonly duration: number;
}

/** The frames of each kind: 20 ms of audio in the server's format, or one picture. */
export interface Frames {
  readonly audio: Int16Array;
  readonly video: PictureFrame;
}

/** What the process that reads a file is asked, and what it answers. */
export interface Questions {
  /** The length of a file in seconds; undefined if there is nothing to play in it. */
  readonly length: {readonly request: {readonly path: string}; readonly answer: number | undefined};
  /** Opens a file, of which it reads these kinds. */
  readonly open: {
    readonly request: {readonly path: string; readonly kinds: readonly MediaKind[]};
    readonly answer: {readonly duration: number; readonly kinds: readonly MediaKind[]};
  };
  /** Reads the next frames of the open file; none at its end. Another pass begins at the beginning. */
  readonly read: {
    readonly request: {readonly kind: MediaKind; readonly pass: number};
    readonly answer: readonly Frames[MediaKind][];
  };
}

/** A request to the process. */
export type ReaderRequest = {
  readonly [Name in keyof Questions]: {readonly id: number; readonly name: Name} & Questions[Name]['request'];
}[keyof Questions];

/** What the process sends: an answer, or why there is none. */
export type ReaderReply =
  | {readonly id: number; readonly answer: unknown}
  | {
      readonly id: number;
      readonly reason: string;
      /** Whether the file is readable, and the reason is for the user. */
      readonly refused: boolean;
    };

/** The first message of the process: it can be asked. */
export const READY = 'ready';
