import {ReaderProcess} from './reader-process.js';

/** The lengths of the files that were read: a file never changes. Undefined if a file cannot be read. */
const known = new Map<string, number | undefined>();
let reading: Promise<unknown> = Promise.resolve();

/** What reads them: kept, as it takes longer to start than to read. */
let reader: ReaderProcess | undefined;

/**
 * Returns the length of a file in seconds; undefined if it cannot be read, or is not read in time. Files are read one
 * after the other, and none after the deadline of those who ask for it.
 *
 * @param deadline - A time of `Date.now()`.
 */
export function lengthOf(path: string, deadline = Infinity): Promise<number | undefined> {
  const length = reading.then(() => {
    if (known.has(path) || Date.now() >= deadline) return known.get(path);
    return read(path);
  });
  reading = length;
  return length;
}

/** Reads a file, and again if the process had read others before: those may be the cause of a failure. */
async function read(path: string): Promise<number | undefined> {
  const kept = reader?.ended === false;
  try {
    if (!kept) reader = new ReaderProcess();
    const length = await reader!.ask('length', {path});
    known.set(path, length);
    return length;
  } catch {
    if (kept && reader!.ended) return read(path);
    known.set(path, undefined);
    return undefined;
  }
}
