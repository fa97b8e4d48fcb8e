import {SipError} from '../../errors.js';

/** A server's reply to an upload. */
export interface UploadResult {
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  /** The status of the HTTP response. */
  readonly status: number;
  /** The reply's text, unchanged. */
  readonly response: string;
}

/** Parameters of `sendForm`. */
export interface UploadRequest {
  readonly url: string;
  readonly form: FormData;
  /** What the form contains, for errors. */
  readonly subject: string;
  /** How long the upload may make no progress before everything is sent, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  /** Called with the bytes that are sent and the total, both including the form itself. */
  onProgress(sent: number, total: number): void;
}

/**
 * Sends a form once; resolves with any reply.
 *
 * Uses XMLHttpRequest because `fetch` does not report upload progress.
 *
 * @throws {SipError} `upload-failed` if there is no reply, `aborted`.
 */
export function sendForm(options: UploadRequest): Promise<UploadResult> {
  const {url, form, subject, patience, signal} = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const onAbort = (): void => request.abort();
    const over = (settle: () => void) => (): void => {
      clearTimeout(silence);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    // A connection may be dead without an error.
    const listen = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), patience);
    };
    request.upload.onprogress = ({loaded, total}) => {
      listen();
      options.onProgress(loaded, total);
    };
    // From here on the server has everything, and may take its time.
    request.upload.onloadend = () => clearTimeout(silence);
    request.onload = over(() => {
      const {status, responseText: response} = request;
      resolve({ok: status >= 200 && status < 300, status, response});
    });
    request.onerror = over(() => reject(new SipError('upload-failed', {subject})));
    request.onabort = over(() =>
      reject(
        signal?.aborted
          ? new SipError('aborted', {subject, cause: signal.reason})
          : new SipError('upload-failed', {subject}),
      ),
    );
    signal?.addEventListener('abort', onAbort);
    request.open('POST', url);
    request.send(form);
    if (signal?.aborted) onAbort();
    else listen();
  });
}
