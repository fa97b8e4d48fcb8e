import {mediaDurations} from '../../durations/media.js';
import {SipError} from '../../errors.js';
import {holdLock, withLock} from '../../locks.js';
import {findPrivateFolder, heldLocks} from '../storage/private-files.js';
import {completed, type CompletedFile} from './completed-file.js';
import {LocalSink} from './local-sink.js';
import {marksOf, type RecordingAbout, type RecordingMarks, type StoredRecording} from './recording-about.js';
import {RecordingFolder} from './recording-folder.js';

/** How much is kept. */
export interface RecordingLimits {
  /** The total size of all recordings, in bytes. */
  readonly bytes: number;
  /** The age in days at which a recording is deleted. */
  readonly days: number;
  /** Whether recordings that are to be sent stay until they are, whatever their age and the space. */
  readonly keepsUnsent?: boolean | undefined;
  /** Called with a recording that was deleted because of its age, or for space. */
  readonly onDrop?: ((dropped: Kept, why: DropReason) => void) | undefined;
}

/** Why a recording was deleted that the user had not deleted. */
export type DropReason = 'age' | 'space';

/** A recording with its account, and when it was removed. */
export type Kept = StoredRecording &
  Pick<RecordingAbout, 'account'> &
  Pick<RecordingMarks, 'removed' | 'resumable'>;

/** The folder of all recordings, and the prefix of the locks of recordings that are being written. */
const [FOLDER, LOCK] = ['sip-elements-recordings', 'sip-elements:recording:'];

/** How much space is made at once, in bytes (about two minutes), and its maximum as a share of the allowed bytes. */
const [ROOM, SHARE] = [16 * 1024 * 1024, 1 / 8];

/** The space left to the rest of the origin, in bytes. */
const RESERVE = 4 * 1024 * 1024;

const DAY = 24 * 60 * 60 * 1000;

/** Sorts the oldest first, but removed recordings before finished ones, and those before interrupted ones. */
const byWorth = (one: Kept, other: Kept): number =>
  Number(one.removed === undefined) - Number(other.removed === undefined) ||
  Number(one.state !== 'finished') - Number(other.state !== 'finished') ||
  one.time - other.time;

/**
 * The recordings in the origin's private file system. A recording is locked while it is written, so that no other page
 * takes it for an interrupted one.
 */
export class RecordingStore {
  readonly #root: FileSystemDirectoryHandle;

  private constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  /**
   * Opens the store; undefined if the browser has no private files.
   *
   * @throws {DOMException} as `findPrivateFolder`
   */
  static async open(): Promise<RecordingStore | undefined> {
    const root = await findPrivateFolder(FOLDER);
    return root && new RecordingStore(root);
  }

  /** Returns the recordings of every account, the newest first. */
  async list(): Promise<readonly Kept[]> {
    const locked = await heldLocks();
    const found: Kept[] = [];
    for await (const [id, handle] of this.#root.entries()) {
      if (handle.kind !== 'directory') continue;
      const folder = new RecordingFolder(handle as FileSystemDirectoryHandle);
      // Another page may be deleting it.
      const kept = await describe(id, folder, locked.has(LOCK + id)).catch(() => undefined);
      if (kept) found.push(kept);
    }
    return found.sort((one, other) => other.time - one.time);
  }

  /**
   * Begins a recording, which is locked until it has ended.
   *
   * @throws {SipError} `storage-full` if there is no space even after deleting recordings that may be deleted.
   */
  async begin(id: string, about: RecordingAbout, limits: RecordingLimits): Promise<LocalSink> {
    await this.dropAged(limits);
    const ending = new AbortController();
    await holdLock(LOCK + id, {signal: ending.signal});
    try {
      const folder = new RecordingFolder(await this.#root.getDirectoryHandle(id, {create: true}));
      await folder.begin(about);
      return await LocalSink.open(folder, {
        makeRoom: (needed) => this.#makeRoom(needed, limits),
        dropOldest: async () => (await this.#dropSome(1, limits)) > 0,
        discard: () => this.#remove(id),
        release: () => ending.abort(),
      });
    } catch (error) {
      await this.#remove(id).catch(() => {});
      ending.abort();
      throw error;
    }
  }

  /**
   * Returns the file of a recording; of one that is being written, what there is so far.
   *
   * Completes the file of an interrupted recording.
   */
  async get(id: string): Promise<CompletedFile> {
    const folder = await this.#folder(id);
    for (;;) {
      const complete = async (): Promise<CompletedFile> => {
        if (!(await folder.end())) await endInterrupted(folder);
        return folder.complete();
      };
      const made = await withLock(LOCK + id, complete, {ifAvailable: true});
      if (made) return made;
      // Another page holds the lock: the recording is being written, or being completed, which is quick.
      if (!(await folder.end())) return untilNow(folder);
      await withLock(LOCK + id, async () => {});
    }
  }

  /** Returns the captions of a recording as WebVTT, those so far while it is being written; undefined if there are none. */
  async captions(id: string): Promise<File | undefined> {
    return (await this.#folder(id)).captions();
  }

  /** @throws {SipError} `invalid-state` while it is being written, here or in another page. */
  async delete(id: string): Promise<void> {
    const folder = await this.#folder(id);
    if (!(await this.#drop(id, !(await folder.end()))))
      throw new SipError('invalid-state', {subject: 'recordings.delete, recording'});
  }

  /** Deletes a recording that was removed at that time and not restored since. */
  async deleteRemoved(id: string, removed: number): Promise<void> {
    const folder = await this.#folder(id);
    await withLock(LOCK + id, async () => {
      if ((await folder.marks()).removed === removed) await this.#remove(id);
    });
  }

  /** Changes what is noted about a recording. @throws {SipError} `invalid-state` while it is being written. */
  async mark(id: string, marks: RecordingMarks): Promise<void> {
    const folder = await this.#folder(id);
    const change = async (): Promise<true> => {
      await folder.setMarks(marksOf({...(await folder.marks()), ...marks}));
      return true;
    };
    if (!(await withLock(LOCK + id, change, {ifAvailable: !(await folder.end())})))
      throw new SipError('invalid-state', {subject: 'recordings, recording'});
  }

  async #folder(id: string): Promise<RecordingFolder> {
    return new RecordingFolder(await this.#root.getDirectoryHandle(id));
  }

  async #remove(id: string): Promise<void> {
    await this.#root.removeEntry(id, {recursive: true});
  }

  /**
   * Deletes a recording. Returns whether it was deleted.
   *
   * @param ifAvailable - Leaves a recording alone that is locked.
   */
  async #drop(id: string, ifAvailable = true): Promise<boolean> {
    const remove = async (): Promise<true> => {
      await this.#remove(id);
      return true;
    };
    return (await withLock(LOCK + id, remove, {ifAvailable})) ?? false;
  }

  /** Deletes recordings that are older than the limits allow, and those that were removed a while ago. */
  async dropAged(limits: RecordingLimits): Promise<void> {
    const now = Date.now();
    const oldest = now - limits.days * DAY;
    const removed = now - mediaDurations.restoring;
    for (const kept of await this.list())
      if (kept.removed !== undefined) {
        if (kept.removed < removed) await this.#drop(kept.id);
      } else if (kept.time < oldest && mayGo(kept, limits) && (await this.#drop(kept.id)))
        limits.onDrop?.(kept, 'age');
  }

  /** Deletes the oldest recordings until so many bytes are free or none is left. Returns the bytes freed. */
  async #dropSome(bytes: number, limits: RecordingLimits): Promise<number> {
    let freed = 0;
    for (const kept of [...(await this.list())].filter((each) => mayGo(each, limits)).sort(byWorth)) {
      if (freed >= bytes) break;
      if (!(await this.#drop(kept.id))) continue;
      freed += Math.max(1, kept.size);
      if (kept.removed === undefined) limits.onDrop?.(kept, 'space');
    }
    return freed;
  }

  /** Returns how many bytes may be written; deletes the oldest recordings first if space is scarce. */
  async #makeRoom(needed: number, limits: RecordingLimits): Promise<number> {
    const {bytes} = limits;
    const kept = await this.list();
    const {quota = Infinity, usage = 0} = await navigator.storage.estimate();
    const within = bytes - kept.reduce((sum, {size}) => sum + size, 0);
    const free = Math.min(within, quota - usage - RESERVE);
    const wanted = Math.max(needed, Math.min(ROOM, bytes * SHARE));
    return free >= wanted ? free : free + (await this.#dropSome(wanted - free, limits));
  }
}

/** Whether a recording may be deleted because of its age, or for space. */
function mayGo({state, removed, toSend, sent}: Kept, {keepsUnsent}: RecordingLimits): boolean {
  return state !== 'recording' && (removed !== undefined || !toSend || sent === true || !keepsUnsent);
}

/** Writes the end of an interrupted recording. */
async function endInterrupted(folder: RecordingFolder): Promise<void> {
  const last = await folder.progress();
  await folder.setEnd({
    type: last?.type ?? 'video/webm',
    duration: last?.duration ?? 0,
    pictured: last?.pictured ?? false,
    interrupted: true,
  });
}

/** Returns the file so far of a recording that is being written. */
async function untilNow(folder: RecordingFolder): Promise<CompletedFile> {
  const last = await folder.progress();
  if (!last) return {blob: new Blob(), duration: 0};
  return completed(await folder.join(last.type), last);
}

async function describe(id: string, folder: RecordingFolder, locked: boolean): Promise<Kept | undefined> {
  const about = await folder.about();
  if (!about) return undefined;
  const end = await folder.end();
  const file = await folder.file();
  const last = file ? undefined : await folder.progress();
  const {type, duration} = end ?? last ?? {type: 'video/webm', duration: 0};
  const cut = end ? end.interrupted : !locked;
  return {
    ...about,
    id,
    duration,
    size: file?.size ?? last?.size ?? 0,
    type,
    state: cut ? 'interrupted' : end ? 'finished' : 'recording',
    error: end?.error,
    ...(await folder.marks()),
    ...((await folder.captions()) && {captions: true}),
  };
}
