import {writeFile} from '../storage/private-files.js';
import {completed, type CompletedFile} from './completed-file.js';
import {
  isAbout,
  isEnd,
  marksOf,
  type KeptEnd,
  type RecordingAbout,
  type RecordingMarks,
  type RecordingProgress,
} from './recording-about.js';

/** The names in a recording's folder. */
const [ABOUT, END, MARKS, PARTS, FILE] = ['about.json', 'end.json', 'marks.json', 'parts', 'file'];
const CAPTIONS = 'captions.vtt';

/**
 * The name of a part: its index, then the totals so far (milliseconds, bytes, whether there was video), and the type.
 */
const PART = /^(\d+)-(\d+)-(\d+)-([av])\.(mp4|webm)$/;

/** A part of a recording, and the progress of the recording up to its end. */
export interface RecordingPart extends RecordingProgress {
  readonly name: string;
  readonly index: number;
  /** In bytes, including all parts before it. */
  readonly size: number;
  readonly type: string;
}

/**
 * One recording in the origin's private file system. While it is recorded, it is a folder of parts, each written and
 * closed, so that none is lost if the page is closed; in the end it is one file.
 */
export class RecordingFolder {
  readonly #folder: FileSystemDirectoryHandle;

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** Returns the description of the recording; undefined if it cannot be read. */
  async about(): Promise<RecordingAbout | undefined> {
    const about = await this.#read(ABOUT);
    return isAbout(about) ? about : undefined;
  }

  async begin(about: RecordingAbout): Promise<void> {
    await this.#write(ABOUT, JSON.stringify(about));
    await this.#folder.getDirectoryHandle(PARTS, {create: true});
  }

  /** Returns how it ended; undefined while it is recorded, and if the page was closed before it ended. */
  async end(): Promise<KeptEnd | undefined> {
    const end = await this.#read(END);
    return isEnd(end) ? end : undefined;
  }

  async setEnd(end: KeptEnd): Promise<void> {
    await this.#write(END, JSON.stringify(end));
  }

  /** Returns what is noted about it. */
  async marks(): Promise<RecordingMarks> {
    return marksOf(await this.#read(MARKS));
  }

  async setMarks(marks: RecordingMarks): Promise<void> {
    await this.#write(MARKS, JSON.stringify(marks));
  }

  /** Returns the parts in their order. */
  async parts(): Promise<readonly RecordingPart[]> {
    const parts: RecordingPart[] = [];
    for await (const name of (await this.#partsFolder()).keys()) {
      const [, index, duration, size, picture, kind] = PART.exec(name) ?? [];
      if (index === undefined) continue;
      parts.push({
        name,
        index: Number(index),
        duration: Number(duration) / 1000,
        size: Number(size),
        pictured: picture === 'v',
        type: `video/${kind}`,
      });
    }
    return parts.sort((one, other) => one.index - other.index);
  }

  /** Writes a part, which is stored for good once this resolves. */
  async add(part: Blob, index: number, size: number, {duration, pictured}: RecordingProgress): Promise<void> {
    const kind = part.type.includes('/mp4') ? 'mp4' : 'webm';
    const name = `${String(index).padStart(6, '0')}-${Math.round(duration * 1000)}-${size}-${pictured ? 'v' : 'a'}.${kind}`;
    const folder = await this.#partsFolder();
    try {
      await writeFile(await folder.getFileHandle(name, {create: true}), part);
    } catch (error) {
      // An empty file may be left.
      await folder.removeEntry(name).catch(() => {});
      throw error;
    }
  }

  /** Returns the progress by its complete parts; undefined if there are none. */
  async progress(): Promise<RecordingPart | undefined> {
    const [folder, parts] = [await this.#partsFolder(), await this.parts()];
    // The last part may have been created but not closed.
    for (const part of parts.toReversed()) {
      const handle = await folder.getFileHandle(part.name);
      if ((await handle.getFile()).size) return part;
    }
    return undefined;
  }

  /** Returns all parts as one file, which stays on the disk. */
  async join(type: string): Promise<Blob> {
    const folder = await this.#partsFolder();
    const files: File[] = [];
    for (const {name} of await this.parts()) {
      const file = await (await folder.getFileHandle(name)).getFile();
      if (file.size) files.push(file);
    }
    return new Blob(files, {type});
  }

  /** Makes one file of the parts of an ended recording, then deletes the parts; returns an existing file unchanged. */
  async complete(): Promise<CompletedFile> {
    const end = await this.end();
    if (!end) throw new TypeError('A recording that has not ended.');
    const whole = await this.file();
    if (whole) return {blob: whole.slice(0, whole.size, end.type), duration: end.duration};
    let written = false;
    const raw = await this.join(end.type);
    const made = await completed(raw, end, async () => {
      const handle = await this.#folder.getFileHandle(FILE, {create: true});
      const writable = await handle.createWritable();
      // Wrapped in another stream: a stream that is being written to cannot be aborted by others.
      const stream = new WritableStream<FileSystemWriteChunkType>({
        write: (chunk) => writable.write(chunk),
        close: () => writable.close(),
      });
      return {
        stream,
        discard: () => writable.abort(),
        file: async (type) => {
          const file = await handle.getFile();
          written = true;
          return file.slice(0, file.size, type);
        },
      };
    });
    if (!written) {
      // The disk may not have space for both: the parts stay, and players get a file made in memory each time.
      await this.#folder.removeEntry(FILE).catch(() => {});
      return made.blob === raw ? completed(raw, end) : made;
    }
    await this.setEnd({...end, type: made.blob.type, duration: made.duration});
    await this.#folder.removeEntry(PARTS, {recursive: true});
    return made;
  }

  /** Adds text to the captions; what was added before stays if that fails. */
  async addCaptions(text: string): Promise<void> {
    const before = await this.captions();
    await this.#write(CAPTIONS, new Blob(before ? [before, text] : [text]));
  }

  /** Returns the captions as WebVTT; undefined if there are none. */
  async captions(): Promise<File | undefined> {
    const file = await this.#get(CAPTIONS);
    return file?.size ? file : undefined;
  }

  /** Returns the complete file; undefined while there are parts. */
  async file(): Promise<File | undefined> {
    const file = await this.#get(FILE);
    return file?.size ? file : undefined;
  }

  #partsFolder(): Promise<FileSystemDirectoryHandle> {
    return this.#folder.getDirectoryHandle(PARTS, {create: true});
  }

  async #get(name: string): Promise<File | undefined> {
    try {
      return await (await this.#folder.getFileHandle(name)).getFile();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
      throw error;
    }
  }

  async #read(name: string): Promise<unknown> {
    const file = await this.#get(name);
    try {
      return file && (JSON.parse(await file.text()) as unknown);
    } catch {
      return undefined;
    }
  }

  async #write(name: string, text: Blob | string): Promise<void> {
    await writeFile(await this.#folder.getFileHandle(name, {create: true}), text);
  }
}
