import {API_CODE} from '../../src/dispatch/protocol.js';
import {MediaFile, Unplayable} from '../files/index.js';
import {reasonOf} from '../log.js';
import type {MediaKind} from '../media/index.js';
import type {CallServices} from './call-services.js';
import type {Refused} from './asked.js';

/** A file that can be played; the code that opened it closes it. */
export interface OpenedFile {
  readonly id: string;
  readonly name: string;
  readonly media: MediaFile;
}

/** Opens a file, or returns why it cannot be played: 1114, with a reason in `message`. */
export async function openFile(
  {files, log}: CallServices,
  id: string,
  kinds: readonly MediaKind[],
): Promise<OpenedFile | Refused> {
  const file = await files.find(id);
  if (!file) return missing('There is no such file.');
  try {
    return {id, name: file.name, media: await MediaFile.open(file.path, kinds)};
  } catch (error) {
    log(`file ${id}: ${reasonOf(error instanceof Error ? (error.cause ?? error) : error)}`);
    if (error instanceof Unplayable) return missing(error.message);
    throw error;
  }
}

/** Returns the refusal for an unavailable file. */
export const missing = (message: string): Refused => ({code: API_CODE.fileNotFound, body: {message}});
