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
  /** A request of the page's, which may have been sent before. */
  readonly request?: XMLHttpRequest | undefined;
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
  const {url, form, subject, patience, signal, request = new XMLHttpRequest()} = options;
  const ending = new AbortController();
  const once = {signal: ending.signal};
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<UploadResult>((resolve, reject) => {
      const fail = (): void => reject(new SipError('upload-failed', {subject}));
      // Not the method of the page's request, which cancels the upload.
      const onAbort = (): void => XMLHttpRequest.prototype.abort.call(request);
      // A connection may be dead without an error.
      const listen = (): void => {
        clearTimeout(silence);
        silence = setTimeout(onAbort, patience);
      };
      const onProgress = ({loaded, total}: ProgressEvent): void => {
        listen();
        options.onProgress(loaded, total);
      };
      const onLoad = (): void => {
        const {status, responseText: response} = request;
        resolve({ok: status >= 200 && status < 300, status, response});
      };
      const onAborted = (): void =>
        signal?.aborted ? reject(new SipError('aborted', {subject, cause: signal.reason})) : fail();
      request.upload.addEventListener('progress', onProgress, once);
      // From here on the server has everything, and may take its time.
      request.upload.addEventListener('loadend', () => clearTimeout(silence), once);
      request.addEventListener('load', onLoad, once);
      request.addEventListener('error', () => setTimeout(fail, POLICY_DELAY), once);
      request.addEventListener('abort', onAborted, once);
      watchPolicy(url, reject, ending.signal);
      signal?.addEventListener('abort', onAbort, once);
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
