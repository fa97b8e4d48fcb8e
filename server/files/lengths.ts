import {Worker} from 'node:worker_threads';

/**
 * How long a file may take to be read, in milliseconds, and how much memory, in megabytes: a stranger may have uploaded
 * one of a few bytes that takes all there is.
 */
const LIMITS = {time: 60_000, memory: 128} as const;

/** The formats that can be played, by the names that mediabunny has for them. */
export const FORMATS = ['WAVE', 'OGG', 'MP3', 'MP4', 'QTFF', 'WEBM', 'MATROSKA'] as const;

/** Reads the lengths of files, one after the other, in a thread that may fail without the server. */
const READER = `
const {parentPort, workerData: {library, formats}} = require('node:worker_threads');
const loading = import(library);
async function lengthOf(path) {
  const media = await loading;
  const source = new media.FilePathSource(path);
  const input = new media.Input({source, formats: formats.map((name) => media[name])});
  try {
    const all = await Promise.all([input.getPrimaryAudioTrack(), input.getPrimaryVideoTrack()]);
    const tracks = all.filter(Boolean);
    if (!tracks.length) return;
    const start = Math.max(0, await input.getFirstTimestamp(tracks));
    return (await input.computeDuration(tracks)) - start;
  } finally {
    input.dispose();
  }
}
parentPort.on('message', async (path) => parentPort.postMessage(await lengthOf(path).catch(() => undefined)));`;

/** The files that were read, or are being read: a file never changes. */
const known = new Map<string, Promise<number | undefined>>();
let reading: Promise<unknown> = Promise.resolve();

/** What reads them: kept, as it takes longer to start than to read. */
let thread: Worker | undefined;

/** Returns the length of a file in seconds; undefined if it cannot be read, or takes too much to be. */
export function lengthOf(path: string): Promise<number | undefined> {
  const before = known.get(path);
  if (before) return before;
  const length = reading.then(() => read(path));
  reading = length;
  known.set(path, length);
  return length;
}

/** Reads a file again if the thread ended and had read others before: those may be the cause. */
async function read(path: string): Promise<number | undefined> {
  const kept = thread !== undefined;
  const length = await ask((thread ??= startThread()), path);
  if (length === 'ended') return kept ? read(path) : undefined;
  return length;
}

function ask(reader: Worker, path: string): Promise<number | undefined | 'ended'> {
  return new Promise((resolve) => {
    const settle = (length?: number | 'ended'): void => {
      clearTimeout(late);
      reader.off('message', settle).off('exit', end);
      resolve(length);
    };
    const end = (): void => settle('ended');
    const late = setTimeout(() => {
      if (thread === reader) thread = undefined;
      void reader.terminate();
      settle();
    }, LIMITS.time);
    reader.on('message', settle).on('exit', end);
    reader.postMessage(path);
  });
}

function startThread(): Worker {
  const reader = new Worker(READER, {
    eval: true,
    workerData: {library: import.meta.resolve('mediabunny'), formats: FORMATS},
    resourceLimits: {maxOldGenerationSizeMb: LIMITS.memory},
  });
  reader.on('error', () => undefined);
  reader.on('exit', () => {
    if (thread === reader) thread = undefined;
  });
  reader.unref();
  return reader;
}
