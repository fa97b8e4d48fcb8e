import {randomUUID} from 'node:crypto';
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {SAMPLES, SAMPLES_FOLDER} from './samples.js';

/** What is known of an uploaded file. */
export interface StoredFile {
  readonly fileid: string;
  /** As the sender named it, made safe. */
  readonly name: string;
  /** The number of its kind (protocol page §6). */
  readonly type: number;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** When it was complete, in milliseconds since the epoch. */
  readonly time: number;
}

/** Where a file is. */
export interface Place {
  readonly folder: string;
  /** The file's name in it. */
  readonly name: string;
}

/** What file systems hand out at least, in bytes. */
const BLOCK = 4096;

/** Of a file that is on its way: the process that takes it is part of the name. */
const PART = /^[\da-f-]{36}\.(\d+)\.part$/;
const INDEX = /^([\da-f-]{36})\.json$/;

/**
 * The samples, and the folder of uploads: a file each, named by its id alone, and what is known of it beside it, so that all of it is
 * there again after a restart. What a sender wrote never becomes part of a path.
 */
export class UploadStore {
  readonly folder: string;
  readonly #files = new Map<string, StoredFile>();
  #opening: Promise<void> | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Every file, newest first. */
  async list(): Promise<readonly StoredFile[]> {
    await this.open();
    return [...this.#files.values()].sort((one, other) => other.time - one.time);
  }

  /** How much of the disk the uploaded files take, in bytes: whole blocks, and one for what is known of each. */
  async size(): Promise<number> {
    await this.open();
    const taken = ({size, fileid}: StoredFile): number =>
      isSample(fileid) ? 0 : (Math.ceil(size / BLOCK) + 1) * BLOCK;
    return [...this.#files.values()].reduce((sum, file) => sum + taken(file), 0);
  }

  /** The file with the id. */
  async find(id: string): Promise<StoredFile | undefined> {
    await this.open();
    return this.#files.get(id);
  }

  /** Where the bytes of a file are. */
  placeOf({fileid}: StoredFile): Place {
    const sample = SAMPLES.find((each) => each.fileid === fileid);
    return sample ? {folder: SAMPLES_FOLDER, name: sample.name} : {folder: this.folder, name: fileid};
  }

  /** A fresh id, and where the bytes go that are on their way. */
  begin(): {readonly fileid: string; readonly part: string} {
    const fileid = randomUUID();
    return {fileid, part: join(this.folder, `${fileid}.${process.pid}.part`)};
  }

  /** Takes a file in that is complete. */
  async keep(file: StoredFile, part: string): Promise<void> {
    const index = this.#index(file.fileid);
    await writeFile(index, JSON.stringify(file));
    try {
      await rename(part, join(this.folder, file.fileid));
    } catch (thrown) {
      await rm(index, {force: true});
      throw thrown;
    }
    this.#files.set(file.fileid, file);
  }

  /** Reads what is there, and removes what a process left half done that is no more. */
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
      if (file.fileid === id && file.size === size) this.#files.set(id, file);
    } catch {
      // An index without its file, or that somebody changed by hand: it is as if it were not there.
    }
  }

  #index(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

const isSample = (id: string): boolean => SAMPLES.some(({fileid}) => fileid === id);

function runs(process: number): boolean {
  try {
    globalThis.process.kill(process, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
