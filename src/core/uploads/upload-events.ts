import type {SipError} from '../../errors.js';

/** The progress of an upload. */
export interface UploadProgress {
  readonly file: Blob;
  /**
   * Bytes of the file that have been sent; fewer than before if the connection was lost and the upload starts again.
   */
  readonly loaded: number;
  /** The size of the file in bytes. */
  readonly total: number;
  /** Bytes per second, over the last seconds. */
  readonly speed: number;
  /** Seconds; `Infinity` while nothing moves. */
  readonly remaining: number;
}

/** The result of an upload. */
export interface UploadEnd {
  readonly file: Blob;
  /** Whether the server replied with a status of 2xx. */
  readonly ok: boolean;
  /** The status of the HTTP response, if there was one. */
  readonly status?: number;
  /** The reply's text, unchanged; empty if there was none. */
  readonly response: string;
  /** Why there was no reply: `aborted`, `upload-failed` and so on. */
  readonly error?: SipError;
}

/** The events of the client that uploads dispatch, with their details. */
export type UploadEvent =
  [type: 'sip-upload-progress', detail: UploadProgress] | [type: 'sip-upload-end', detail: UploadEnd];
