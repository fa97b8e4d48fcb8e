import {SipError} from '../../errors.js';
import type {MessageFile, SipMessage} from './message.js';
import type {MessagesHost} from './messages-state.js';
import {uploadedUrl} from './uploaded-url.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** What files need from the messages of their client. */
export interface FilesHost extends Pick<MessagesHost, 'upload'> {
  fileUrl(result: UploadResult, file: Blob): string | undefined;
}

interface Outgoing {
  readonly file: Blob;
  readonly options: UploadOptions;
  /** Ends the upload that is under way. */
  upload?: AbortController;
}

/** What messages of this side's bring: kept until it is uploaded, or its message is taken out. */
export class MessageFiles {
  readonly #host: FilesHost;
  readonly #outgoing = new Map<string, Outgoing>();

  constructor(host: FilesHost) {
    this.#host = host;
  }

  /** Keeps what the message with the id brings. */
  add(id: string, file: Blob, options: UploadOptions): void {
    this.#outgoing.set(id, {file, options});
  }

  /**
   * Uploads what a message brings; gives it with its address. `onProgress` is told how far it is.
   *
   * @throws {SipError} As `client.upload`; `file-unreadable` where its page is gone, `bad-reply` where the server names no
   * address, `aborted`.
   */
  async upload(
    {id, file: brought}: SipMessage,
    onProgress: (file: MessageFile) => void,
  ): Promise<MessageFile> {
    const {name, size} = brought!;
    const outgoing = this.#outgoing.get(id);
    // Its page was closed: the browser gives the file to nobody without its user.
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
      // It was taken out when the server had answered.
      if (upload.signal.aborted) throw new SipError('aborted', {subject: name});
      this.#outgoing.delete(id);
      return Object.freeze({name, size, url});
    } finally {
      options.signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends the upload of a message that is taken out. */
  giveUp(id: string): void {
    this.#outgoing.get(id)?.upload?.abort();
    this.#outgoing.delete(id);
  }
}
