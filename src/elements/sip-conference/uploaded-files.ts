import type {BaseClient} from '../../core/client/client.js';
import type {SipEventMap} from '../../core/client/events.js';
import {StateTarget} from '../../core/util/state-target.js';

/** A file uploaded from this page, with the server's id. */
export interface UploadedFile {
  readonly id: string;
  readonly file: Blob;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When it was uploaded, in milliseconds. */
  readonly time: number;
}

/** The uploaded files, newest first. */
interface UploadedFilesState {
  readonly list: readonly UploadedFile[];
}

/** The files that a client has uploaded while the page is open. */
export class UploadedFiles extends StateTarget<UploadedFilesState> {
  #client: BaseClient | undefined;

  constructor() {
    super({list: []});
  }

  /** Listens to this client only. */
  follow(client: BaseClient | undefined): void {
    if (client === this.#client) return;
    this.#client?.removeEventListener('sip-upload-end', this.#onEnd);
    this.#client = client;
    client?.addEventListener('sip-upload-end', this.#onEnd);
  }

  readonly #onEnd = ({detail: {file, ok, response}}: SipEventMap['sip-upload-end']): void => {
    const id = ok ? fileIdIn(response) : undefined;
    if (id === undefined) return;
    const name = file instanceof File ? file.name : id;
    const uploaded = {id, file, name, size: file.size, time: Date.now()};
    this.update({list: [uploaded, ...this.state.list.filter((other) => other.id !== id)]});
  };
}

/**
 * Returns the id in a server's reply to an upload: the development server's `fileid`, or a spelling that others use.
 */
function fileIdIn(response: string): string | undefined {
  try {
    const reply = JSON.parse(response) as Readonly<Record<string, unknown>>;
    const [id] = ['fileid', 'FileID', 'fileId', 'id'].map((key) => reply[key]).filter(Boolean);
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  } catch {
    return undefined;
  }
}
