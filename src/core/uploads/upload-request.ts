import {SipError} from '../../errors.js';

/** What a server answered to an upload. */
export interface UploadResult {
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  /** The status of the HTTP response. */
  readonly status: number;
  /** The reply's text, as it came. */
  readonly response: string;
}

/** How a form is sent. */
export interface UploadRequest {
  readonly url: string;
  readonly form: FormData;
  /** What the form is about, for errors. */
  readonly subject: string;
  /** How long the line may be silent until everything is sent, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
  /** Told of the bytes that are sent, the form's own included, and of how many there are. */
  onProgress(sent: number, total: number): void;
}

/**
 * Sends a form once; resolves with whatever comes back.
 *
 * It is an XMLHttpRequest because `fetch` tells nothing of what is sent.
 *
 * @throws {SipError} `upload-failed` where nothing came back, `aborted`.
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
    // A line that is dead without anybody having said so.
    const listen = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), patience);
    };
    request.upload.onprogress = ({loaded, total}) => {
      listen();
      options.onProgress(loaded, total);
    };
    // From here on the server has it, and may take its time.
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
