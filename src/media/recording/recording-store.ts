import {SipError} from '../../errors.js';
import {completed, type CompletedFile} from './completed-file.js';
import {LocalSink} from './local-sink.js';
import type {RecordingAbout, StoredRecording} from './recording-about.js';
import {RecordingFolder} from './recording-folder.js';

/** How much is kept. */
export interface RecordingLimits {
  /** In bytes, of all recordings together. */
  readonly bytes: number;
  /** After which a recording goes. */
  readonly days: number;
}

/** A recording with the account that it is of. */
export type Kept = StoredRecording & Pick<RecordingAbout, 'account'>;

/** The folder of all recordings, and what the locks are called of those that are being written. */
const [FOLDER, LOCK] = ['sip-elements-recordings', 'sip-elements:recording:'];

/** How much room is made at once, in bytes: about two minutes; and of what is allowed at most. */
const [ROOM, SHARE] = [16 * 1024 * 1024, 1 / 8];

/** What is left to everything else of the origin, in bytes. */
const RESERVE = 4 * 1024 * 1024;

const DAY = 24 * 60 * 60 * 1000;

/** The oldest first, but those that came to their end before those that were cut off. */
const byWorth = (one: Kept, other: Kept): number =>
  Number(one.state !== 'finished') - Number(other.state !== 'finished') || one.time - other.time;

/**
 * The recordings in the origin's private file system. Each one that is being written is locked, so that no other page
 * takes it for one whose page is gone.
 */
export class RecordingStore {
  readonly #root: FileSystemDirectoryHandle;

  private constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  /** Opens it; undefined where the browser has no such files, or does not give them to this page. */
  static async open(): Promise<RecordingStore | undefined> {
    const writes =
      typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
    if (!writes || !navigator.locks) return undefined;
    try {
      const root = await navigator.storage.getDirectory();
      return new RecordingStore(await root.getDirectoryHandle(FOLDER, {create: true}));
    } catch {
      return undefined;
    }
  }

  /** All recordings, of every account, the newest first. */
  async list(): Promise<readonly Kept[]> {
    const {held = []} = await navigator.locks.query();
    const locked = new Set(held.map(({name}) => name));
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
   * @throws {SipError} `storage-full` where there is no room, even after those that may go are gone.
   */
  async begin(id: string, about: RecordingAbout, limits: RecordingLimits): Promise<LocalSink> {
    await this.dropAged(limits.days);
    const release = await hold(id);
    try {
      const folder = new RecordingFolder(await this.#root.getDirectoryHandle(id, {create: true}));
      await folder.begin(about);
      return await LocalSink.open(folder, {
        makeRoom: (needed) => this.#makeRoom(needed, limits),
        dropOldest: async () => (await this.#dropSome(1)) > 0,
        discard: () => this.#remove(id),
        release,
      });
    } catch (error) {
      await this.#remove(id).catch(() => {});
      release();
      throw error;
    }
  }

  /**
   * The file of a recording; what there is until now of one that is being written.
   *
   * One that was cut off becomes a whole file by it.
   */
  async get(id: string): Promise<CompletedFile> {
    const folder = await this.#folder(id);
    for (;;) {
      const made = await navigator.locks.request(LOCK + id, {ifAvailable: true}, async (lock) => {
        if (!lock) return undefined;
        if (!(await folder.end())) await endInterrupted(folder);
        return folder.complete();
      });
      if (made) return made;
      // Another one is at work: it is being written, or made one file, which does not take long.
      if (!(await folder.end())) return untilNow(folder);
      await navigator.locks.request(LOCK + id, () => {});
    }
  }

  /** @throws {SipError} `invalid-state` while it is being written, here or in another page. */
  async delete(id: string): Promise<void> {
    const folder = await this.#folder(id);
    const options = {ifAvailable: !(await folder.end())};
    await navigator.locks.request(LOCK + id, options, async (lock) => {
      if (!lock) throw new SipError('invalid-state', {subject: 'recordings.delete, recording'});
      await this.#remove(id);
    });
  }

  async #folder(id: string): Promise<RecordingFolder> {
    return new RecordingFolder(await this.#root.getDirectoryHandle(id));
  }

  async #remove(id: string): Promise<void> {
    await this.#root.removeEntry(id, {recursive: true});
  }

  /** Removes a recording that nobody writes or makes one file of; whether it did. */
  async #drop(id: string): Promise<boolean> {
    return navigator.locks.request(LOCK + id, {ifAvailable: true}, async (lock) => {
      if (!lock) return false;
      await this.#remove(id);
      return true;
    });
  }

  /** Removes what is older than so many days. */
  async dropAged(days: number): Promise<void> {
    const oldest = Date.now() - days * DAY;
    for (const {id, time, state} of await this.list())
      if (state !== 'recording' && time < oldest) await this.#drop(id);
  }

  /** Removes the oldest that may go, until so many bytes are free or none is left; gives what was freed. */
  async #dropSome(bytes: number): Promise<number> {
    let freed = 0;
    for (const {id, size} of [...(await this.list())]
      .filter(({state}) => state !== 'recording')
      .sort(byWorth)) {
      if (freed >= bytes) break;
      if (await this.#drop(id)) freed += Math.max(1, size);
    }
    return freed;
  }

  /** How many bytes there is room for, after the oldest have gone where there was too little. */
  async #makeRoom(needed: number, {bytes}: RecordingLimits): Promise<number> {
    const kept = await this.list();
    const {quota = Infinity, usage = 0} = await navigator.storage.estimate();
    const within = bytes - kept.reduce((sum, {size}) => sum + size, 0);
    const free = Math.min(within, quota - usage - RESERVE);
    const wanted = Math.max(needed, Math.min(ROOM, bytes * SHARE));
    return free >= wanted ? free : free + (await this.#dropSome(wanted - free));
  }
}

/** Locks a recording; gives what unlocks it. */
async function hold(id: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(LOCK + id, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

/** Notes of a recording whose page is gone how far it came. */
async function endInterrupted(folder: RecordingFolder): Promise<void> {
  const last = await folder.progress();
  await folder.setEnd({
    type: last?.type ?? 'video/webm',
    duration: last?.duration ?? 0,
    pictured: last?.pictured ?? false,
    interrupted: true,
  });
}

/** What there is of a recording that is being written. */
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
  };
}
