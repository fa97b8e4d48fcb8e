import {SipError} from '../../errors.js';
import {POLICY_DELAY, watchPolicy} from '../util/page-policy.js';

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
 * @throws {SipError} `upload-failed` if there is no reply, `forbidden-by-page`, `aborted`.
 */
export async function sendForm(options: UploadRequest): Promise<UploadResult> {
  const {url, form, subject, patience, signal} = options;
  const request = new XMLHttpRequest();
  const ending = new AbortController();
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<UploadResult>((resolve, reject) => {
      const fail = (): void => reject(new SipError('upload-failed', {subject}));
      const onAbort = (): void => request.abort();
      // A connection may be dead without an error.
      const listen = (): void => {
        clearTimeout(silence);
        silence = setTimeout(onAbort, patience);
      };
      request.upload.onprogress = ({loaded, total}) => {
        listen();
        options.onProgress(loaded, total);
      };
      // From here on the server has everything, and may take its time.
      request.upload.onloadend = () => clearTimeout(silence);
      request.onload = () => {
        const {status, responseText: response} = request;
        resolve({ok: status >= 200 && status < 300, status, response});
      };
      request.onerror = () => setTimeout(fail, POLICY_DELAY);
      request.onabort = () =>
        signal?.aborted ? reject(new SipError('aborted', {subject, cause: signal.reason})) : fail();
      watchPolicy(url, reject, ending.signal);
      signal?.addEventListener('abort', onAbort, {signal: ending.signal});
      request.open('POST', url);
      request.send(form);
      if (signal?.aborted) onAbort();
      else listen();
    });
  } finally {
    clearTimeout(silence);
    ending.abort();
  }
}
