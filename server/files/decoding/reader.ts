/** The process that reads files, one after the other: a file that starves, crashes or fills it ends nothing else. */
import {reasonOf} from '../../log.js';
import type {MediaKind} from '../../media/index.js';
import {READER_LIMITS} from '../reader-limits.js';
import {READY, type Frames, type ReaderReply, type ReaderRequest} from '../reader-messages.js';
import {DemuxedFile, lengthOf, Refusal} from './demuxed-file.js';

/** The most frames of an answer: half a second of audio; and the most bytes of pictures, after which no other follows. */
const MOST = {frames: 25, bytes: 1_000_000} as const;

/** How often the memory that the process takes is looked at, in milliseconds. */
const MEMORY_CHECK_MS = 50;

/** Frames from the beginning of the file to its end. */
interface Pass {
  readonly number: number;
  readonly frames: AsyncGenerator<Frames[MediaKind], void>;
}

let file: DemuxedFile | undefined;
const passes = new Map<MediaKind, Pass>();

async function answerTo(request: ReaderRequest): Promise<unknown> {
  switch (request.name) {
    case 'length':
      return lengthOf(request.path);
    case 'open':
      closeFile();
      file = await DemuxedFile.open(request.path, request.kinds);
      return {duration: file.duration, kinds: file.kinds};
    case 'read':
      return read(request.kind, request.pass);
  }
}

/** Closes the file before. */
function closeFile(): void {
  for (const {frames} of passes.values()) frames.return(undefined).catch(() => undefined);
  passes.clear();
  file?.close();
  file = undefined;
}

async function read(kind: MediaKind, number: number): Promise<readonly Frames[MediaKind][]> {
  let pass = passes.get(kind);
  if (pass?.number !== number) {
    pass?.frames.return(undefined).catch(() => undefined);
    pass = {number, frames: file!.frames(kind)};
    passes.set(kind, pass);
  }
  const frames: Frames[MediaKind][] = [];
  for (let bytes = 0; frames.length < MOST.frames && bytes < MOST.bytes;) {
    const next = await pass.frames.next();
    if (next.done) break;
    frames.push(next.value);
    if ('data' in next.value) bytes += next.value.data.length;
  }
  return frames;
}

const reply = (message: ReaderReply | typeof READY): boolean => process.send!(message);

process.on('message', (request: ReaderRequest) => {
  const {id} = request;
  answerTo(request).then(
    (answer) => reply({id, answer}),
    (thrown: unknown) => reply({id, reason: reasonOf(thrown), refused: thrown instanceof Refusal}),
  );
});
// The library leaves some rejections of failed decoders unhandled; the reply reports the failure.
process.on('unhandledRejection', () => undefined);
process.on('disconnect', () => process.exit());
// Ctrl+C in a terminal reaches every process of it, but the server says goodbye first.
process.on('SIGINT', () => undefined);
setInterval(() => {
  if (process.memoryUsage.rss() > READER_LIMITS.memoryMb * 1024 * 1024) process.exit(1);
}, MEMORY_CHECK_MS);
reply(READY);
