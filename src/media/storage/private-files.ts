import {mediaDurations} from '../../durations/media.js';
import {within} from '../../within.js';

/**
 * Opens a folder of the origin's private file system; undefined if the browser has no such files.
 *
 * @throws {DOMException} `SecurityError` if the browser denies them to this page; others if it cannot read its disk, or does not answer.
 */
export async function findPrivateFolder(name: string): Promise<FileSystemDirectoryHandle | undefined> {
  const writes =
    typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
  if (!writes || !navigator.locks) return undefined;
  const root = await answered(navigator.storage.getDirectory());
  return root.getDirectoryHandle(name, {create: true});
}

/** The same; undefined also if the browser denies them. */
export async function openPrivateFolder(name: string): Promise<FileSystemDirectoryHandle | undefined> {
  return findPrivateFolder(name).catch(() => undefined);
}

/** Overwrites a file; its earlier content stays if that fails. */
export async function writeFile(handle: FileSystemFileHandle, data: Blob | string): Promise<void> {
  const writable = await handle.createWritable();
  try {
    await writable.write(data);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
}

/** The names of the locks that are held, here or in another page. @throws {DOMException} if the browser does not answer. */
export async function heldLocks(): Promise<ReadonlySet<string | undefined>> {
  const {held = []} = await answered(navigator.locks.query());
  return new Set(held.map(({name}) => name));
}

const answered = async <T>(task: Promise<T>): Promise<T> =>
  within(
    task,
    mediaDurations.privateFiles,
    () => new DOMException('The browser does not answer.', 'UnknownError'),
  );
