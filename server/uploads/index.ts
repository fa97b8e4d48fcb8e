import {rm} from 'node:fs/promises';
import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import {join} from 'node:path';
import send from 'send';
import {API_CODE, UPLOAD_PATH} from '../../src/dispatch/protocol.js';
import {reasonOf, type Log} from '../log.js';
import {originOf, pathOf} from '../origin.js';
import {fileKind} from './file-kinds.js';
import {receiveForm, Refusal} from './receive.js';
import {disposition, safeName} from './safe-name.js';
import {UploadStore, type Place, type StoredFile} from './upload-store.js';

/** Where the uploads are listed, and fetched by their ids. */
export const UPLOADS_PATH = '/uploads';

/** A file to be read. */
export interface FoundFile {
  /** As the sender named it. */
  readonly name: string;
  readonly path: string;
}

/** How the server keeps files. */
export interface UploadsOptions {
  readonly folder: string;
  /** How large a file may be, in bytes. */
  readonly limit: number;
  /** How many bytes all of them may take together. */
  readonly total: number;
  readonly log: Log;
}

/** What a browser shows by itself without running anything of it; the rest is saved. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|bmp|avif)|audio\/|video\/|text\/plain)/;

/** How long a sender may be silent, in milliseconds. */
const SILENCE = 60_000;

/** How long a sender that was refused may go on, so that it hears why: browsers listen when they have sent all. */
const FAREWELL = 30_000;

/**
 * Takes files in (protocol page §1, §8.14), lists them and hands them out.
 *
 * Anybody may upload: the form carries no account, and existing clients could send none.
 */
export class Uploads {
  readonly #store: UploadStore;
  readonly #options: UploadsOptions;
  readonly #arriving = new Set<Promise<void>>();
  /** How much room is kept for what is on its way, in bytes. */
  #reserved = 0;

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#store = new UploadStore(options.folder);
  }

  /** The file with the id, to be read; undefined where there is none. */
  async find(id: string): Promise<FoundFile | undefined> {
    const file = await this.#store.find(id);
    if (!file) return undefined;
    const {folder, name} = this.#store.placeOf(file);
    return {name: file.name, path: join(folder, name)};
  }

  /** How many files are on their way. */
  get size(): number {
    return this.#arriving.size;
  }

  /** Answers what is about uploads, and leaves everything else to the other listener. */
  listener(otherwise: RequestListener): RequestListener {
    return (request, response) => {
      const path = pathOf(request);
      const answer =
        path === UPLOAD_PATH
          ? this.#servlet(request, response)
          : path === UPLOADS_PATH || path.startsWith(`${UPLOADS_PATH}/`)
            ? this.#fetched(request, response, path.slice(UPLOADS_PATH.length + 1))
            : undefined;
      if (!answer) return otherwise(request, response);
      answer.catch((thrown: unknown) => {
        this.#options.log(`${request.method ?? ''} ${path} failed: ${reasonOf(thrown)}`);
        if (response.headersSent) response.destroy();
        else refuse(request, response, thrown);
      });
    };
  }

  /** Resolves when no file is on its way any more. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#arriving);
  }

  async #servlet(request: IncomingMessage, response: ServerResponse): Promise<void> {
    shareWithOtherSites(request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (request.method !== 'POST') return notAllowed(request, response, 'POST, OPTIONS');
    const arriving = this.#receive(request, response);
    this.#arriving.add(arriving);
    await arriving.finally(() => this.#arriving.delete(arriving));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#store.open();
    request.setTimeout(SILENCE, () => request.destroy());
    const {fileid, part} = this.#store.begin();
    const {limit, total} = this.#options;
    const size = Math.min(limit, Number(request.headers['content-length'] ?? limit));
    this.#reserved += size;
    try {
      if ((await this.#store.size()) + this.#reserved > total) throw full(total);
      const form = await receiveForm(request, part, limit);
      const kind = await fileKind(part, form.type, form.contentType);
      const file = {...kind, fileid, name: safeName(form.name), size: form.size, time: Date.now()};
      await this.#store.keep(file, part);
      this.#options.log(`uploaded ${file.name}, ${String(file.size)} bytes, as ${fileid}`);
      reply(request, response, 200, {code: API_CODE.none, fileid, url: addressOf(request, fileid)});
    } catch (thrown) {
      await rm(part, {force: true});
      this.#options.log(`upload: ${reasonOf(thrown)}`);
      refuse(request, response, thrown);
    } finally {
      this.#reserved -= size;
    }
  }

  async #fetched(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return notAllowed(request, response, 'GET, HEAD');
    if (id === '') {
      const files = await this.#store.list();
      const body = files.map((file) => ({...file, url: addressOf(request, file.fileid)}));
      return reply(request, response, 200, {code: API_CODE.none, body});
    }
    const file = await this.#store.find(id);
    if (!file) return reply(request, response, 404, {code: API_CODE.fileNotFound, message: 'No such file.'});
    hand(file, this.#store.placeOf(file), request, response);
  }
}

const full = (total: number): Refusal =>
  new Refusal(
    507,
    `All uploaded files together may be at most ${String(total)} bytes: remove some from the folder.`,
  );

/** Hands a file out, whole or in ranges; nothing in it is ever run. */
function hand(
  file: StoredFile,
  {folder, name}: Place,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const shown = SHOWN.test(file.contentType);
  secure(response);
  response.setHeader('Content-Type', shown ? file.contentType : 'application/octet-stream');
  response.setHeader('Content-Disposition', disposition(shown ? 'inline' : 'attachment', file.name));
  send(request, name, {root: folder, index: false, dotfiles: 'allow'}).pipe(response);
}

/** The page that a browser makes of a file may show it, and nothing else. */
function secure(response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  );
  response.setHeader('Referrer-Policy', 'no-referrer');
}

/**
 * Pages of other sites upload here too: the server of a page and a dispatch server are two (protocol page §8.14). Those that
 * may not do not come as far as this.
 */
function shareWithOtherSites(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Vary', 'Origin');
  if (request.headers.origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
  if (request.method !== 'OPTIONS') return;
  response.setHeader('Access-Control-Allow-Methods', 'POST, OPTIONS');
  response.setHeader(
    'Access-Control-Allow-Headers',
    request.headers['access-control-request-headers'] ?? '*',
  );
  response.setHeader('Access-Control-Max-Age', '600');
}

/**
 * Says why, and reads on for a while: a browser that cannot go on sending may not hear it. A `Connection: close` would
 * have Node end the connection at once.
 */
function refuse(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
  if (thrown instanceof Refusal)
    reply(request, response, thrown.status, {code: API_CODE.badParameter, message: thrown.message});
  else reply(request, response, 500, {code: API_CODE.operationFailed, message: 'The server failed.'});
  if (request.complete) return;
  const enough = setTimeout(() => request.destroy(), FAREWELL).unref();
  for (const over of ['end', 'close']) request.once(over, () => clearTimeout(enough));
  request.resume();
}

function notAllowed(request: IncomingMessage, response: ServerResponse, methods: string): void {
  response.setHeader('Allow', methods);
  reply(request, response, 405, {code: API_CODE.badParameter, message: `Only ${methods} are answered here.`});
}

function addressOf(request: IncomingMessage, id: string): string {
  const {secure, authority} = originOf(request);
  return `${secure ? 'https' : 'http'}://${authority}${UPLOADS_PATH}/${id}`;
}

function reply(request: IncomingMessage, response: ServerResponse, status: number, body: object): void {
  const content = Buffer.from(JSON.stringify(body));
  secure(response);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': content.length,
    'Cache-Control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
