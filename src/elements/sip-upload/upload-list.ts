import type {BaseClient} from '../../core/client/client.js';
import type {FileType} from '../../core/uploads/file-type.js';
import {StateTarget} from '../../core/util/state-target.js';
import type {UploadResult} from '../../core/uploads/upload-request.js';
import type {UploadProgress} from '../../core/uploads/upload-events.js';
import {SipError, toSipError} from '../../errors.js';

/** Where a file stands. */
export type UploadPhase = 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';

/** One file of the list. */
export interface UploadEntry {
  readonly id: number;
  readonly file: File;
  readonly phase: UploadPhase;
  readonly progress?: UploadProgress | undefined;
  /** Why it failed. */
  readonly error?: SipError | undefined;
}

/** The files that were chosen, the newest last. */
export interface UploadListState {
  readonly entries: readonly UploadEntry[];
}

/** How files are sent. */
export interface Sending {
  readonly client: BaseClient;
  readonly type: FileType | undefined;
}

/** Whether a file is not done yet. */
export const isUnderway = ({phase}: UploadEntry): boolean => phase === 'waiting' || phase === 'sending';

/** Sends files and keeps what became of them. */
export class UploadList extends StateTarget<UploadListState> {
  readonly #running = new Map<number, AbortController>();
  readonly #onOver: (entry: UploadEntry) => void;
  #count = 0;

  /** @param onOver - Told of each file that was sent, failed or was cancelled. */
  constructor(onOver: (entry: UploadEntry) => void) {
    super({entries: Object.freeze([])});
    this.#onOver = onOver;
  }

  /** Sends files; they are the last of the list. */
  add(files: readonly File[], sending: Sending): void {
    const added = files.map((file): UploadEntry => ({id: (this.#count += 1), file, phase: 'waiting'}));
    this.#set([...this.state.entries, ...added]);
    for (const {id} of added) void this.#send(id, sending);
  }

  /** Sends a file once more. */
  retry(id: number, sending: Sending): void {
    if (this.#running.has(id)) return;
    this.#change(id, {phase: 'waiting', progress: undefined, error: undefined});
    void this.#send(id, sending);
  }

  /** Gives a file up; without an id, every one that is not done. */
  cancel(id?: number): void {
    for (const [running, giveUp] of this.#running) if (id === undefined || id === running) giveUp.abort();
  }

  /** Takes a file out of the list. */
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
  // What else a server says by its status is for the page, which has the event.
  const code = status === 413 ? 'file-too-large' : 'server-error';
  const subject = code === 'server-error' ? `${name}, ${String(status)}` : name;
  return failureOf(new SipError(code, {subject, status}));
}

function failureOf(error: SipError): Partial<UploadEntry> {
  return error.code === 'aborted' ? {phase: 'cancelled'} : {phase: 'failed', error};
}
