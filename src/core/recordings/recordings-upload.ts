import type {SipError} from '../../errors.js';
import type {StoredRecording} from '../../media/recording/recording-about.js';

/** What a page's function gets that saves a recording, besides the recording. */
export interface RecordingSaving {
  /** Aborted when the user signs out or deletes the recording. */
  readonly signal: AbortSignal;
  /** Resolves with the recording's captions as a WebVTT file; with undefined if it has none. */
  captions(): Promise<File | undefined>;
  /** What `setResumable` got the last time, perhaps in an earlier page; undefined at first. */
  readonly resumable: string | undefined;
  /** Keeps with the recording what is needed to continue after a failure or a reload: 2,000 characters at most. */
  setResumable(state: string): Promise<void>;
  /** Reports how many bytes the server has. */
  onProgress(loaded: number): void;
}

/** Saves a recording in the page's own store; resolves once it is there. */
export type SaveRecording = (
  file: File,
  recording: StoredRecording,
  saving: RecordingSaving,
) => Promise<unknown>;

/** A server for resumable uploads (tus 1.0). */
export interface TusServer {
  /** The URL that creates uploads, which may be relative to the page. */
  readonly endpoint: string;
  /**
   * Headers of each request, or a function that returns them, called before each recording. Another host, which the server
   * may name for a file, gets none.
   */
  readonly headers?:
    Readonly<Record<string, string>> | (() => Record<string, string> | Promise<Record<string, string>>);
}

/** Where recordings are uploaded: the endpoint of a tus server, alone or with headers, or a function that saves them. */
export type RecordingsUpload = string | TusServer | SaveRecording;

/** How far the upload of a recording has come. */
export interface RecordingUploadProgress {
  readonly id: string;
  readonly loaded: number;
  readonly total: number;
  /** Why the last attempt has failed; another one follows. */
  readonly error?: SipError;
}
