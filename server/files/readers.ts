import {ReaderProcess} from './reader-process.js';
import type {Questions} from './reader-messages.js';

/** A process that has answered, for the next file: it takes longer to start than to open one. */
let spare: ReaderProcess | undefined;

/**
 * Asks a process about a file; its receiver gives it back. If one ends that has read other files, another is asked: those may
 * be the cause.
 *
 * @throws {Unplayable} if the file cannot be read or played.
 */
export async function askReader<Name extends keyof Questions>(
  name: Name,
  request: Questions[Name]['request'],
): Promise<{readonly reader: ReaderProcess; readonly answer: Questions[Name]['answer']}> {
  const kept = spare?.ended ? undefined : spare;
  spare = undefined;
  const reader = kept ?? new ReaderProcess();
  try {
    return {reader, answer: await reader.ask(name, request)};
  } catch (error) {
    const again = kept?.ended;
    void giveBack(reader);
    if (again) return askReader(name, request);
    throw error;
  }
}

/** Keeps a process for the next file once it has answered everything, or ends it if there is one already. */
export async function giveBack(reader: ReaderProcess): Promise<void> {
  await reader.rest();
  if (spare && !spare.ended) reader.close();
  else spare = reader;
}
