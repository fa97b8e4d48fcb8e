import type {BaseClient} from '../../core/client/client.js';
import type {FileType} from '../../core/uploads/file-type.js';
import {StateTarget} from '../../core/util/state-target.js';
import type {UploadResult} from '../../core/uploads/upload-request.js';
import type {UploadProgress} from '../../core/uploads/upload-events.js';
import {SipError, toSipError} from '../../errors.js';

/** The phase of an upload. */
export type UploadPhase = 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';

/** A file in the list. */
export interface UploadEntry {
  readonly id: number;
  readonly file: File;
  readonly phase: UploadPhase;
  readonly progress?: UploadProgress | undefined;
  /** Why the upload failed. */
  readonly error?: SipError | undefined;
}

/** The chosen files, the newest last. */
export interface UploadListState {
  readonly entries: readonly UploadEntry[];
}

/** The client and file type of an upload. */
export interface Sending {
  readonly client: BaseClient;
  readonly type: FileType | undefined;
}

/** Whether the upload of a file is unfinished. */
export const isUnderway = ({phase}: UploadEntry): boolean => phase === 'waiting' || phase === 'sending';

/** Uploads files and keeps their results. */
export class UploadList extends StateTarget<UploadListState> {
  readonly #running = new Map<number, AbortController>();
  readonly #onOver: (entry: UploadEntry) => void;
  #count = 0;

  /** @param onOver - Called with each file that was sent, failed or was canceled. */
  constructor(onOver: (entry: UploadEntry) => void) {
    super({entries: Object.freeze([])});
    this.#onOver = onOver;
  }

  /** Uploads files and appends them to the list. */
  add(files: readonly File[], sending: Sending): void {
    const added = files.map((file): UploadEntry => ({id: (this.#count += 1), file, phase: 'waiting'}));
    this.#set([...this.state.entries, ...added]);
    for (const {id} of added) void this.#send(id, sending);
  }

  /** Uploads a file again. */
  retry(id: number, sending: Sending): void {
    if (this.#running.has(id)) return;
    this.#change(id, {phase: 'waiting', progress: undefined, error: undefined});
    void this.#send(id, sending);
  }

  /** Cancels a file; without an id, every unfinished one. */
  cancel(id?: number): void {
    for (const [running, giveUp] of this.#running) if (id === undefined || id === running) giveUp.abort();
  }

  /** Removes a file from the list. */
  remove(id: number): void {
    this.cancel(id);
    this.#set(this.state.entries.filter((entry) => entry.id !== id));
  }

  async #send(id: number, {client, type}: Sending): Promise<void> {
    const entry = this.#find(id);
    if (!entry) return;
    const giveUp = new AbortController();
    this.#running.set(id, giveUp);
    const patch = await client
      .upload(entry.file, {
        type,
        signal: giveUp.signal,
        onProgress: (progress) => this.#change(id, {phase: 'sending', progress}),
      })
      .then(
        (result) => outcomeOf(result, entry.file.name),
        (thrown: unknown) => failureOf(toSipError(thrown, entry.file.name)),
      );
    this.#running.delete(id);
    this.#change(id, patch);
    const over = this.#find(id);
    if (over) this.#onOver(over);
  }

  #find(id: number): UploadEntry | undefined {
    return this.state.entries.find((entry) => entry.id === id);
  }

  #change(id: number, patch: Partial<UploadEntry>): void {
    this.#set(this.state.entries.map((entry) => (entry.id === id ? {...entry, ...patch} : entry)));
  }

  #set(entries: readonly UploadEntry[]): void {
    this.update({entries: Object.freeze(entries)});
  }
}

function outcomeOf({ok, status}: UploadResult, name: string): Partial<UploadEntry> {
  if (ok) return {phase: 'sent'};
  // The page handles any other status, which the event carries.
  const code = status === 413 ? 'file-too-large' : 'server-error';
  const subject = code === 'server-error' ? `${name} · ${String(status)}` : name;
  return failureOf(new SipError(code, {subject, status}));
}

function failureOf(error: SipError): Partial<UploadEntry> {
  return error.code === 'aborted' ? {phase: 'cancelled'} : {phase: 'failed', error};
}
