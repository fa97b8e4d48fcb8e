import {randomUUID} from 'node:crypto';
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {SAMPLES, SAMPLES_FOLDER} from './samples.js';

/** The stored details of an uploaded file. */
export interface StoredFile {
  readonly fileid: string;
  /** The sender's name for it, made safe. */
  readonly name: string;
  /** The number of its kind (docs/protocol/numbers.md#file-types). */
  readonly type: number;
  readonly contentType: string;
  /** The size in bytes. */
  readonly size: number;
  /** When the upload was complete, in milliseconds since the epoch. */
  readonly time: number;
  /** The length in seconds, where it is known without reading the file: of samples. */
  readonly duration?: number;
}

/** The location of a file. */
export interface Place {
  readonly folder: string;
  /** The file's name in the folder. */
  readonly name: string;
}

/** The smallest unit that file systems allocate, in bytes. */
const BLOCK = 4096;

/** The name of an upload in progress: it contains the id of the receiving process. */
const PART = /^[\da-f-]{36}\.(\d+)\.part$/;
const INDEX = /^([\da-f-]{36})\.json$/;

/**
 * The samples, and the folder of uploads: a file each, named only by its id, with its details in a second file, so that
 * everything is available after a restart. A sender's text never becomes part of a path.
 */
export class UploadStore {
  readonly folder: string;
  readonly #files = new Map<string, StoredFile>();
  #opening: Promise<void> | undefined;
  #size = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Returns every file, the newest first. */
  async list(): Promise<readonly StoredFile[]> {
    await this.open();
    return [...this.#files.values()].sort((one, other) => other.time - one.time);
  }

  /** The disk space of the uploaded files, in bytes: whole blocks, and one for the details of each. */
  get size(): number {
    return this.#size;
  }

  /** The number of uploaded files. */
  get count(): number {
    return this.#files.size - SAMPLES.length;
  }

  /** Returns the file with the id. */
  async find(id: string): Promise<StoredFile | undefined> {
    await this.open();
    return this.#files.get(id);
  }

  /** Returns the location of a file's bytes. */
  placeOf({fileid}: StoredFile): Place {
    const sample = SAMPLES.find((each) => each.fileid === fileid);
    return sample ? {folder: SAMPLES_FOLDER, name: sample.name} : {folder: this.folder, name: fileid};
  }

  /** Returns a new id, and the path for the upload in progress. */
  begin(): {readonly fileid: string; readonly part: string} {
    const fileid = randomUUID();
    return {fileid, part: join(this.folder, `${fileid}.${process.pid}.part`)};
  }

  /** Stores a complete file. */
  async keep(file: StoredFile, part: string): Promise<void> {
    const index = this.#index(file.fileid);
    await writeFile(index, JSON.stringify(file));
    try {
      await rename(part, join(this.folder, file.fileid));
    } catch (thrown) {
      await rm(index, {force: true});
      throw thrown;
    }
    this.#add(file);
  }

  /** Reads the folder, and removes unfinished uploads of processes that have ended. */
  async open(): Promise<void> {
    this.#opening ??= this.#read().catch((thrown: unknown) => {
      this.#opening = undefined;
      throw thrown;
    });
    await this.#opening;
  }

  async #read(): Promise<void> {
    for (const sample of SAMPLES) {
      const {size} = await stat(join(SAMPLES_FOLDER, sample.name));
      this.#files.set(sample.fileid, {...sample, size, time: 0});
    }
    await mkdir(this.folder, {recursive: true});
    for (const name of await readdir(this.folder)) {
      const [, process] = PART.exec(name) ?? [];
      const [, id] = INDEX.exec(name) ?? [];
      if (process && !runs(Number(process))) await rm(join(this.folder, name), {force: true});
      if (id) await this.#readIndex(id);
    }
  }

  async #readIndex(id: string): Promise<void> {
    try {
      const file = JSON.parse(await readFile(this.#index(id), 'utf8')) as StoredFile;
      const {size} = await stat(join(this.folder, id));
      if (file.fileid === id && file.size === size) this.#add(file);
    } catch {
      // An index without its file, or one that was edited manually, is ignored.
    }
  }

  #add(file: StoredFile): void {
    this.#files.set(file.fileid, file);
    this.#size += (Math.ceil(file.size / BLOCK) + 1) * BLOCK;
  }

  #index(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

/** Whether the server always has the file with the id. */
export const isSample = (id: string): boolean => SAMPLES.some(({fileid}) => fileid === id);

function runs(process: number): boolean {
  try {
    globalThis.process.kill(process, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
