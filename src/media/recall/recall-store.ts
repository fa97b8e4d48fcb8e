import {keptDurations} from '../../durations/kept.js';
import {holdLock} from '../../locks.js';
import {TaskQueue} from '../../task-queue.js';
import {heldLocks, openPrivateFolder, writeFile} from '../storage/private-files.js';

/** The folder of all that is kept, and the prefix of the locks of pages that keep something. */
const [ROOT, LOCK] = ['sip-elements-recall', 'sip-elements:recall:'];

/** The lock of the page that looks through what gone pages have left: it locks each of their folders meanwhile. */
const TURN = `${LOCK}turn`;

/** The file of a session that names its account. */
const ACCOUNT = 'account';

/** The name of an utterance's file: when it is erased, in milliseconds since the epoch, and its id. */
const NAME = /^(\d{1,16})-([\w-]+)$/;

/** The longest time that anything is kept, in milliseconds: a clock that was changed must not keep it longer. */
const LONGEST = 60 * 60 * 1_000;

/** An utterance on the disk. */
export interface KeptUtterance {
  readonly id: string;
  /** When it is erased, in milliseconds since the epoch. */
  readonly expires: number;
  /** What is known about it: plain data. */
  readonly about: unknown;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The folder of one page, or one that an earlier page has left and this one has taken over. */
interface Session {
  readonly name: string;
  /** Gives its lock back. */
  readonly release: () => void;
}

/**
 * The utterances of one account in the origin's private file system: a folder for each page, which is locked as long as the
 * page is there. What a page has left that is gone, the next one of the account takes over. While a page is there, it erases
 * what gone pages of all accounts have left when its time has passed.
 *
 * Nothing here rejects: what cannot be written is kept in memory alone.
 */
export class RecallStore {
  readonly #account: string;
  readonly #sessions = new Set<Session>();
  /** Where each utterance is. */
  readonly #places = new Map<string, {readonly session: string; readonly file: string}>();
  /** All changes of the disk, one after the other. */
  readonly #working = new TaskQueue();
  /** The name of this page's own folder, once it is made. */
  #own: string | undefined;
  #ended = false;
  #sweep: ReturnType<typeof setTimeout> | undefined;

  /** @param account - `user@domain`. */
  constructor(account: string) {
    this.#account = account;
  }

  /** Takes over what gone pages of the account have left; erases of others what is too old. */
  async takeOver(): Promise<readonly KeptUtterance[]> {
    return (await this.#inTurn(async () => this.#takeOver())) ?? [];
  }

  /** Writes an utterance, again if it has grown. */
  async write({id, expires, about, bytes}: KeptUtterance): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#ended) return;
      const session = await this.#begin();
      const file = `${Math.round(expires)}-${id}`;
      await this.#remove(id, file);
      const folder = await this.#folder(session);
      const data = new Blob([JSON.stringify(about), '\n', bytes]);
      this.#places.set(id, {session, file});
      await writeFile((await folder?.getFileHandle(file, {create: true}))!, data);
    });
  }

  /** Erases one utterance. */
  async remove(id: string): Promise<void> {
    await this.#inTurn(async () => this.#remove(id));
  }

  /** Erases everything of the account, except what another page keeps that is there; nothing is written afterwards. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#inTurn(async () => {
      await this.#takeOver().catch(() => {});
      for (const session of this.#sessions) {
        await (await openPrivateFolder(ROOT))?.removeEntry(session.name, {recursive: true}).catch(() => {});
        session.release();
      }
      const own = new Set([TURN, ...[...this.#sessions].map(({name}) => LOCK + name)]);
      this.#sessions.clear();
      this.#places.clear();
      // While the browser tries to remove a folder, another page cannot write to it.
      if ([...(await heldLocks())].some((lock) => lock?.startsWith(LOCK) && !own.has(lock))) return;
      const root = await navigator.storage.getDirectory();
      // Fails if another page has left something.
      await root.removeEntry(ROOT);
    });
  }

  /**
   * One page at a time: what another page only looks at is not that page's.
   *
   * @param sweeps - Only erases what is too old.
   */
  async #takeOver({sweeps = false} = {}): Promise<readonly KeptUtterance[]> {
    const over = new AbortController();
    await holdLock(TURN, {signal: over.signal});
    try {
      return await this.#lookThrough(sweeps);
    } finally {
      over.abort();
    }
  }

  async #lookThrough(sweeps: boolean): Promise<readonly KeptUtterance[]> {
    const root = await openPrivateFolder(ROOT);
    const found: KeptUtterance[] = [];
    if (!root) return found;
    const locked = await heldLocks();
    let next = Infinity;
    for (const name of await namesIn(root)) {
      const session = locked.has(LOCK + name) ? undefined : await lockedSession(name);
      if (!session) continue;
      // Another page can erase it meanwhile, and another script can have put a file there.
      const left = await leftIn(root, name).catch(() => undefined);
      if (left?.account === this.#account && left.kept.length && !sweeps) {
        this.#sessions.add(session);
        for (const {file, ...utterance} of left.kept) {
          this.#places.set(utterance.id, {session: name, file});
          found.push(utterance);
        }
      } else {
        if (left && !left.kept.length) await root.removeEntry(name, {recursive: true}).catch(() => {});
        session.release();
        next = Math.min(next, ...(left?.kept ?? []).map(({expires}) => expires));
      }
    }
    this.#sweepAt(next);
    return found;
  }

  /** Looks again when something that was left becomes too old. After the end, only for that. */
  #sweepAt(time: number): void {
    clearTimeout(this.#sweep);
    if (this.#ended && time === Infinity) return;
    const sweep = (): void => void this.#inTurn(async () => this.#takeOver({sweeps: true}));
    this.#sweep = setTimeout(sweep, Math.min(time - Date.now(), keptDurations.recallSweep));
  }

  /** Returns the name of this page's own folder, which is made with its first utterance. */
  async #begin(): Promise<string> {
    if (this.#own) return this.#own;
    const own = crypto.randomUUID();
    const session = await lockedSession(own);
    if (session) this.#sessions.add(session);
    const folder = await this.#folder(own);
    await writeFile((await folder?.getFileHandle(ACCOUNT, {create: true}))!, this.#account);
    return (this.#own = own);
  }

  /** @param but - Keeps the file if it has this name. */
  async #remove(id: string, but = ''): Promise<void> {
    const place = this.#places.get(id);
    if (!place || place.file === but) return;
    this.#places.delete(id);
    await (await this.#folder(place.session))?.removeEntry(place.file);
  }

  async #folder(session: string): Promise<FileSystemDirectoryHandle | undefined> {
    return (await openPrivateFolder(ROOT))?.getDirectoryHandle(session, {create: true});
  }

  /** Runs a task after the ones before it; undefined if it fails. */
  #inTurn<T>(task: () => Promise<T>): Promise<T | undefined> {
    return this.#working.run(task).catch(() => undefined);
  }
}

/** Locks the folder of a session; undefined if another page has it. */
async function lockedSession(name: string): Promise<Session | undefined> {
  const ending = new AbortController();
  const held = await holdLock(LOCK + name, {signal: ending.signal, ifAvailable: true});
  return held ? {name, release: () => ending.abort()} : undefined;
}

/** The names of what is in a folder, which may change while they are looked at. */
async function namesIn(folder: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

/** Reads what a page has left in its folder. */
async function leftIn(
  root: FileSystemDirectoryHandle,
  name: string,
): Promise<{account: string | undefined; kept: Awaited<ReturnType<typeof unexpired>>}> {
  const folder = await root.getDirectoryHandle(name);
  return {account: await textOf(folder, ACCOUNT), kept: await unexpired(folder)};
}

/** Reads the utterances of a folder; erases those whose time has passed. */
async function unexpired(
  folder: FileSystemDirectoryHandle,
): Promise<readonly (KeptUtterance & {readonly file: string})[]> {
  const kept: (KeptUtterance & {readonly file: string})[] = [];
  const now = Date.now();
  for (const file of await namesIn(folder)) {
    const [, expires, id] = NAME.exec(file) ?? [];
    if (id === undefined) continue;
    const left = Number(expires) - now;
    const utterance = left > 0 && left <= LONGEST ? await utteranceOf(folder, file) : undefined;
    if (utterance) kept.push({...utterance, id, expires: Number(expires), file});
    else await folder.removeEntry(file).catch(() => {});
  }
  return kept;
}

async function utteranceOf(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<Pick<KeptUtterance, 'about' | 'bytes'> | undefined> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    const all = new Uint8Array(await file.arrayBuffer());
    const end = all.indexOf(10);
    if (end < 0) return undefined;
    const about: unknown = JSON.parse(new TextDecoder().decode(all.subarray(0, end)));
    return {about, bytes: all.slice(end + 1)};
  } catch {
    return undefined;
  }
}

async function textOf(folder: FileSystemDirectoryHandle, name: string): Promise<string | undefined> {
  try {
    return await (await (await folder.getFileHandle(name)).getFile()).text();
  } catch {
    return undefined;
  }
}
