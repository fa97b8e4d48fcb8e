import {MediaFile} from './media-file.js';

/** The lengths of files, each of which is read once: a file never changes. */
export class Lengths {
  readonly #known = new Map<string, Promise<number | undefined>>();

  /** Returns the length of a file in seconds; undefined if the file cannot be played. */
  of(id: string, path: string): Promise<number | undefined> {
    const length = this.#known.get(id) ?? lengthOf(path);
    this.#known.set(id, length);
    return length;
  }
}

async function lengthOf(path: string): Promise<number | undefined> {
  try {
    const file = await MediaFile.open(path, ['audio', 'video']);
    file.close();
    return file.duration;
  } catch {
    return undefined;
  }
}
