import {createWriteStream} from 'node:fs';
import {rm} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {Busboy, type BusboyHeaders, type BusboyInstance} from '@fastify/busboy';
import {UPLOAD_FIELDS} from '../../src/dispatch/protocol.js';

/** Why a form is refused. */
export class Refusal extends Error {
  /** The status of the HTTP response. */
  readonly status: 400 | 413 | 415 | 429 | 507;

  constructor(status: Refusal['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** A complete form, whose file is in the folder under its temporary name. */
export interface ReceivedForm {
  /** The sender's number; NaN if there is none. */
  readonly type: number;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
}

/** The largest size of a form without its file, in bytes. */
const ENVELOPE = 64 * 1024;

/**
 * Reads a form and writes its file while the bytes arrive: nothing is kept in memory.
 *
 * If it fails, nothing stays on the disk, and the caller must read or abort the rest of the request.
 *
 * @param onArrived - Called with the number of bytes before they are written; what it throws ends the upload.
 * @throws {Refusal} if there is no file, an empty one, or one over the limit.
 * @throws {Error} if the sender aborted, or the disk is full.
 */
export async function receiveForm(
  request: IncomingMessage,
  part: string,
  limit: number,
  onArrived: (bytes: number) => void,
): Promise<ReceivedForm> {
  if (Number(request.headers['content-length'] ?? 0) > limit + ENVELOPE) throw tooLarge(limit);
  const busboy = parserOf(request, limit);
  const fields = new Map<string, string>();
  let taken: Omit<ReceivedForm, 'type'> | undefined;
  let writing: Promise<void> | undefined;
  let source: Readable | undefined;
  busboy.on('field', (field, value) => fields.set(field, value));
  try {
    await new Promise<void>((resolve, reject) => {
      busboy.on('file', (_field, stream, name, _encoding, contentType) => {
        source = stream;
        stream.once('limit', () => reject(tooLarge(limit)));
        writing = write(stream, part, onArrived).then((size) => {
          taken = {name: fields.get(UPLOAD_FIELDS.name) || name || '', contentType, size};
        });
        // Errors of the disk have a code, those of a truncated form have none.
        writing.catch((thrown: unknown) =>
          reject(hasCode(thrown) || thrown instanceof Refusal ? thrown : unreadable()),
        );
      });
      busboy.once('error', () => reject(unreadable()));
      busboy.once('finish', resolve);
      request.once('error', reject);
      request.once('close', () => {
        if (!request.complete) reject(new Error('The sender gave up.'));
      });
      let arrived = 0;
      // Of what is not the file, the parser drops what is too long, and goes on.
      request.on('data', ({length}: Buffer) => {
        arrived += length;
        if (arrived > limit + ENVELOPE) reject(tooLarge(limit));
      });
      request.pipe(busboy);
    });
    await writing;
    if (!taken?.size) throw new Refusal(400, 'There is no file in the form, or it is empty.');
  } catch (thrown) {
    request.unpipe(busboy);
    busboy.destroy();
    source?.destroy();
    await writing?.catch(() => {});
    await rm(part, {force: true});
    throw thrown;
  }
  const claimed = fields.get(UPLOAD_FIELDS.type)?.trim();
  return {...taken, type: claimed ? Number(claimed) : NaN};
}

function parserOf(request: IncomingMessage, limit: number): BusboyInstance {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      // A file's name in a page must not be used as a path.
      preservePath: false,
      limits: {files: 1, fields: 20, parts: 30, fieldSize: 4096, fileSize: limit},
    });
  } catch {
    throw new Refusal(415, 'A form is expected: multipart/form-data.');
  }
}

/** Writes the file; settles once it is closed, as a file that is still being opened could not be removed. */
async function write(stream: Readable, part: string, onArrived: (bytes: number) => void): Promise<number> {
  const file = createWriteStream(part, {flags: 'wx'});
  const closed = new Promise<void>((resolve) => file.once('close', () => resolve()));
  try {
    await pipeline(
      stream,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          onArrived(chunk.length);
          yield chunk;
        }
      },
      file,
    );
  } finally {
    await closed;
  }
  return file.bytesWritten;
}

const hasCode = (thrown: unknown): thrown is NodeJS.ErrnoException =>
  thrown instanceof Error && 'code' in thrown;

const unreadable = (): Refusal => new Refusal(400, 'The form cannot be read.');

const tooLarge = (limit: number): Refusal =>
  new Refusal(413, `The file is larger than ${String(limit)} bytes.`);
