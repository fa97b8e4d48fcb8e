import {open} from 'node:fs/promises';
import {fileTypeFromFile} from 'file-type';
import {FILE_TYPE} from '../../src/dispatch/protocol.js';

/** The kind of a file, by its content. */
export interface FileKind {
  /** Its number (docs/protocol/numbers.md#file-types). */
  readonly type: number;
  /** Its media type. */
  readonly contentType: string;
}

/** Other kinds that a file of a kind may be: the content does not distinguish audio to play from a voice message. */
const ALIKE: Readonly<Record<number, ReadonlySet<number>>> = {
  [FILE_TYPE.text]: new Set([FILE_TYPE.position, FILE_TYPE.notice]),
  [FILE_TYPE.picture]: new Set([FILE_TYPE.fax]),
  [FILE_TYPE.voice]: new Set([FILE_TYPE.playAudio]),
  [FILE_TYPE.video]: new Set([FILE_TYPE.playVideo, FILE_TYPE.uploadedVideo]),
  [FILE_TYPE.other]: new Set([FILE_TYPE.fax]),
};

/** Containers with or without video: their first bytes are the same. */
const EITHER = /^video\/(?:webm|mp4|matroska|x-matroska|ogg|3gpp)$/;

/** How many bytes of a file are checked to be text. */
const SAMPLE = 4096;

/**
 * Determines the kind of a file. The sender's claim counts only if the content allows it: existing pages claim 1 for
 * every file (docs/protocol/clients.md#http).
 *
 * @param claimed - The sender's number; NaN if there is none.
 * @param named - The sender's media type.
 */
export async function fileKind(path: string, claimed: number, named: string): Promise<FileKind> {
  const found = (await fileTypeFromFile(path))?.mime;
  const contentType = found ? soundOrPicture(found, named) : await withoutMark(path);
  const [kind] = contentType.split('/', 1);
  const type =
    kind === 'image'
      ? FILE_TYPE.picture
      : kind === 'audio'
        ? FILE_TYPE.voice
        : kind === 'video'
          ? FILE_TYPE.video
          : contentType.startsWith('text/plain')
            ? FILE_TYPE.text
            : FILE_TYPE.other;
  return {type: ALIKE[type]?.has(claimed) ? claimed : type, contentType};
}

/** Trusts the sender about whether there is video. */
function soundOrPicture(found: string, named: string): string {
  return EITHER.test(found) && named.startsWith('audio/') ? found.replace('video/', 'audio/') : found;
}

/** Treats a file without a signature as text if it is valid text, but never as HTML or a script. */
async function withoutMark(path: string): Promise<string> {
  const file = await open(path);
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    // A character may be cut in two at the end.
    new TextDecoder('utf-8', {fatal: true}).decode(buffer.subarray(0, bytesRead), {stream: true});
    if (!buffer.subarray(0, bytesRead).includes(0)) return 'text/plain; charset=utf-8';
  } catch {
    // The content is not UTF-8.
  } finally {
    await file.close();
  }
  return 'application/octet-stream';
}
