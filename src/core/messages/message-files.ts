import {SipError} from '../../errors.js';
import type {MessageFile, SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import {uploadedUrl} from './uploaded-url.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** What `MessageFiles` needs from `SipMessages`. */
export interface FilesHost extends Pick<MessagesHost, 'upload'> {
  fileUrl(result: UploadResult, file: Blob): string | undefined;
}

interface Outgoing {
  readonly file: Blob;
  readonly options: UploadOptions;
  /** Aborts the running upload. */
  upload?: AbortController;
}

/** The files of outgoing messages, kept until they are uploaded or their messages are removed. */
export class MessageFiles {
  readonly #host: FilesHost;
  readonly #outgoing = new Map<string, Outgoing>();

  constructor(host: FilesHost) {
    this.#host = host;
  }

  /** Keeps the file of the message with the id. */
  add(id: string, file: Blob, options: UploadOptions): void {
    this.#outgoing.set(id, {file, options});
  }

  /**
   * Uploads the file of a message; resolves with its URL. `onProgress` is called with the progress.
   *
   * @throws {SipError} As `client.upload`; `file-unreadable` if its page was closed, `bad-reply` if the server reports
   * no URL, `aborted`.
   */
  async upload(
    {id, file: brought}: SipMessage,
    onProgress: (file: MessageFile) => void,
  ): Promise<MessageFile> {
    const {name, size} = brought!;
    const outgoing = this.#outgoing.get(id);
    // Its page was closed: the browser provides a file only if the user chooses it again.
    if (!outgoing) throw new SipError('file-unreadable', {subject: name});
    const {file, options} = outgoing;
    const upload = (outgoing.upload = new AbortController());
    const abort = (): void => upload.abort();
    options.signal?.addEventListener('abort', abort);
    if (options.signal?.aborted) abort();
    try {
      const result = await this.#host.upload(file, {
        ...options,
        signal: upload.signal,
        onProgress: (progress) => {
          options.onProgress?.(progress);
          if (!upload.signal.aborted)
            onProgress(Object.freeze({name, size, url: '', loaded: progress.loaded}));
        },
      });
      const url = uploadedUrl(result, name, (answer) => this.#host.fileUrl(answer, file));
      // The message was removed after the server had replied.
      if (upload.signal.aborted) throw new SipError('aborted', {subject: name});
      this.#outgoing.delete(id);
      return Object.freeze({name, size, url});
    } finally {
      options.signal?.removeEventListener('abort', abort);
    }
  }

  /** Aborts the upload of a removed message. */
  cancel(id: string): void {
    this.#outgoing.get(id)?.upload?.abort();
    this.#outgoing.delete(id);
  }
}
