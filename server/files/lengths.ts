import {askReader, giveBack} from './readers.js';

/** The lengths of the files that were read: a file never changes. Undefined if a file cannot be read. */
const known = new Map<string, number | undefined>();
let reading: Promise<unknown> = Promise.resolve();

/**
 * Returns the length of a file in seconds; undefined if it cannot be read, or is not read in time. Files are read one
 * after the other, and none after the deadline of those who ask for it.
 *
 * @param deadline - A time of `performance.now()`.
 */
export function lengthOf(path: string, deadline = Infinity): Promise<number | undefined> {
  const length = reading.then(() => {
    if (known.has(path) || performance.now() >= deadline) return known.get(path);
    return read(path);
  });
  reading = length;
  return length;
}

async function read(path: string): Promise<number | undefined> {
  let length: number | undefined;
  try {
    const {reader, answer} = await askReader('length', {path});
    void giveBack(reader);
    length = answer;
  } catch {
    // Nobody can read it.
  }
  known.set(path, length);
  return length;
}
