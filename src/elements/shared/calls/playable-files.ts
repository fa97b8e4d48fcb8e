import {createContext} from '@lit/context';
import type {BaseClient} from '../../../core/client/client.js';
import type {SipEventMap} from '../../../core/client/events.js';
import type {ServerFile} from '../../../core/uploads/server-file.js';
import {StateTarget} from '../../../core/util/state-target.js';

/** A file that can be played. */
export interface PlayableFile extends ServerFile {
  /** What was uploaded, if that was from this page. */
  readonly file?: Blob;
}

/** The files that can be played: those that were uploaded from this page first. */
interface PlayableFilesState {
  readonly list: readonly PlayableFile[];
}

/** The files that the conference around an inner element can play. */
export const filesContext = createContext<PlayableFiles>(Symbol('files'));

/** The files that a client's server can play: those that it lists, and those uploaded while the page is open. */
export class PlayableFiles extends StateTarget<PlayableFilesState> {
  /** The client that was followed last. */
  #client: BaseClient | undefined;
  #uploaded: readonly PlayableFile[] = [];
  #listed: readonly ServerFile[] = [];

  constructor() {
    super({list: []});
  }

  /** Listens to this client only. Keeps the files of its server until another client comes. */
  follow(client: BaseClient | undefined): void {
    this.#client?.removeEventListener('sip-upload-end', this.#onEnd);
    client?.addEventListener('sip-upload-end', this.#onEnd);
    if (!client || client === this.#client) return;
    this.#client = client;
    this.#listed = [];
    this.#show();
  }

  /** Asks the server for its files. A server that does not list them has those alone that were uploaded here. */
  async load(): Promise<void> {
    const client = this.#client;
    const listed = (await client?.listFiles().catch(() => undefined)) ?? this.#listed;
    if (client !== this.#client) return;
    this.#listed = listed;
    this.#show();
  }

  /** Returns the name of a file; its id if that is unknown. */
  nameOf(id: string): string {
    return this.state.list.find((file) => file.id === id)?.name ?? id;
  }

  #show(): void {
    const own = new Set(this.#uploaded.map(({id}) => id));
    this.update({list: [...this.#uploaded, ...this.#listed.filter(({id}) => !own.has(id))]});
  }

  readonly #onEnd = ({detail: {file, ok, response}}: SipEventMap['sip-upload-end']): void => {
    const id = ok ? fileIdIn(response) : undefined;
    if (id === undefined) return;
    const name = file instanceof File ? file.name : id;
    const uploaded = {id, file, name, size: file.size, time: Date.now(), sample: false};
    this.#uploaded = [uploaded, ...this.#uploaded.filter((other) => other.id !== id)];
    this.#show();
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
