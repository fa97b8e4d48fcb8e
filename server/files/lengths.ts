import {Worker} from 'node:worker_threads';

/**
 * How long a file may take to be read, in milliseconds, and how much memory, in megabytes: a stranger may have uploaded
 * one of a few bytes that takes all there is.
 */
const LIMITS = {time: 60_000, memory: 128} as const;

/** The formats that can be played, by the names that mediabunny has for them. */
export const FORMATS = ['WAVE', 'OGG', 'MP3', 'MP4', 'QTFF', 'WEBM', 'MATROSKA'] as const;

/** Reads the length of a file, in a thread that may fail without the server. */
const READER = `
const {parentPort, workerData: {library, path, formats}} = require('node:worker_threads');
import(library).then(async (media) => {
  const source = new media.FilePathSource(path);
  const input = new media.Input({source, formats: formats.map((name) => media[name])});
  const all = await Promise.all([input.getPrimaryAudioTrack(), input.getPrimaryVideoTrack()]);
  const tracks = all.filter(Boolean);
  if (!tracks.length) return;
  const start = Math.max(0, await input.getFirstTimestamp(tracks));
  parentPort.postMessage((await input.computeDuration(tracks)) - start);
}).finally(() => process.exit());`;

/** The files that were read, or are being read: a file never changes. */
const known = new Map<string, Promise<number | undefined>>();
let reading: Promise<unknown> = Promise.resolve();

/** Returns the length of a file in seconds; undefined if it cannot be read, or takes too much to be. */
export function lengthOf(path: string): Promise<number | undefined> {
  const before = known.get(path);
  if (before) return before;
  const length = reading.then(() => read(path));
  reading = length;
  known.set(path, length);
  return length;
}

function read(path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(READER, {
      eval: true,
      workerData: {library: import.meta.resolve('mediabunny'), path, formats: FORMATS},
      resourceLimits: {maxOldGenerationSizeMb: LIMITS.memory},
    });
    const late = setTimeout(() => void worker.terminate(), LIMITS.time);
    worker.once('message', resolve);
    worker.once('error', () => undefined);
    worker.once('exit', () => {
      clearTimeout(late);
      resolve(undefined);
    });
  });
}
