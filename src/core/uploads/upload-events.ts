import type {SipError} from '../../errors.js';

/** How far an upload is. */
export interface UploadProgress {
  readonly file: Blob;
  /** Bytes of the file that are sent; fewer than before where the connection was lost and it begins again. */
  readonly loaded: number;
  /** Bytes of the file. */
  readonly total: number;
  /** Bytes a second, over the last seconds. */
  readonly speed: number;
  /** Seconds; `Infinity` while nothing moves. */
  readonly remaining: number;
}

/** How an upload ended. */
export interface UploadEnd {
  readonly file: Blob;
  /** Whether the server answered with a status of 2xx. */
  readonly ok: boolean;
  /** The status of the HTTP response, where one came back. */
  readonly status?: number;
  /** The reply's text, as it came; empty where nothing came back. */
  readonly response: string;
  /** Why nothing came back: `aborted`, `upload-failed` and so on. */
  readonly error?: SipError;
}
