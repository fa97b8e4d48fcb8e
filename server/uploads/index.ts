import {rm} from 'node:fs/promises';
import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import {join} from 'node:path';
import send from 'send';
import {API_CODE, UPLOAD_PATH} from '../../src/dispatch/protocol.js';
import {reasonOf, type Log} from '../log.js';
import {originOf, pathOf} from '../origin.js';
import {leaveBody} from '../unread-body.js';
import {fileKind} from './file-kinds.js';
import {receiveForm, Refusal} from './receive.js';
import {disposition, safeName} from './safe-name.js';
import {UploadStore, type Place, type StoredFile} from './upload-store.js';

export {isSample, type StoredFile} from './upload-store.js';

/** The path that lists uploads, and serves them by their ids. */
export const UPLOADS_PATH = '/uploads';

/** A file to read. */
export interface FoundFile {
  /** The sender's name for it. */
  readonly name: string;
  readonly path: string;
}

/** How the server keeps files. */
export interface UploadsOptions {
  readonly folder: string;
  /** The maximum size of a file, in bytes. */
  readonly limit: number;
  /** The maximum size of all files together, in bytes. */
  readonly total: number;
  /** The most files. */
  readonly files: number;
  readonly log: Log;
}

/** The types that a browser displays without running anything; others are saved. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp|bmp|avif)|audio\/|video\/|text\/plain)/;

/** How many uploads of one address may be in progress: a browser has six at most. */
const MOST_FROM_ADDRESS = 20;

/** The most files that a list has, the newest ones. */
const MOST_LISTED = 1_000;

/** How long a sender may be silent, in milliseconds. */
const SILENCE = 60_000;

/** How long a refused sender may go on, in milliseconds: browsers read the reason only after sending everything. */
const FAREWELL = 30_000;

/**
 * Accepts files (docs/protocol/files.md#uploads, docs/protocol/clients.md#http), lists and serves them.
 *
 * Uploads need no account: the form contains none, and existing clients could not send one.
 */
export class Uploads {
  readonly #store: UploadStore;
  readonly #options: UploadsOptions;
  readonly #arriving = new Set<Promise<void>>();
  /** How many uploads are in progress, by the address that they come from. */
  readonly #senders = new Map<string, number>();
  /** The bytes of uploads in progress that have arrived. */
  #arrived = 0;

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#store = new UploadStore(options.folder);
  }

  /** Returns the file with the id; undefined if there is none. */
  async find(id: string): Promise<FoundFile | undefined> {
    const file = await this.#store.find(id);
    if (!file) return undefined;
    const {folder, name} = this.#store.placeOf(file);
    return {name: file.name, path: join(folder, name)};
  }

  /** Returns the files with sound or a picture, the newest first. */
  async list(): Promise<readonly StoredFile[]> {
    const files = await this.#store.list();
    return files.filter(({contentType}) => /^(audio|video)\//.test(contentType));
  }

  /** The number of uploads in progress. */
  get size(): number {
    return this.#arriving.size;
  }

  /** Answers requests about uploads, and passes all others to the other listener. */
  listener(otherwise: RequestListener): RequestListener {
    return (request, response) => {
      const path = pathOf(request);
      // Nothing else reads a body.
      if (path !== UPLOAD_PATH || request.method !== 'POST') leaveBody(request, response);
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

  /** Resolves when no upload is in progress. */
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
    const {limit, total, files} = this.#options;
    const {remoteAddress = ''} = request.socket;
    const others = this.#senders.get(remoteAddress) ?? 0;
    this.#senders.set(remoteAddress, others + 1);
    let size = 0;
    const makeRoom = (bytes: number): void => {
      if (this.#store.size + this.#arrived + bytes > total) throw full(total);
    };
    try {
      if (others >= MOST_FROM_ADDRESS) throw tooMany();
      if (this.#store.count + this.#arriving.size > files) throw tooManyFiles(files);
      makeRoom(Math.min(limit, Number(request.headers['content-length'] ?? 0)));
      const form = await receiveForm(request, part, limit, (bytes) => {
        makeRoom(bytes);
        this.#arrived += bytes;
        size += bytes;
      });
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
      this.#arrived -= size;
      this.#leave(remoteAddress);
    }
  }

  /** Notes that an upload of the address is over. */
  #leave(address: string): void {
    const others = this.#senders.get(address)! - 1;
    if (others > 0) this.#senders.set(address, others);
    else this.#senders.delete(address);
  }

  async #fetched(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return notAllowed(request, response, 'GET, HEAD');
    if (id === '') {
      const files = (await this.#store.list()).slice(0, MOST_LISTED);
      const body = files.map((file) => ({...file, url: addressOf(request, file.fileid)}));
      return reply(request, response, 200, {code: API_CODE.none, body});
    }
    // A page of another site, which may upload, may load what it plays.
    shareWithOtherSites(request, response);
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

const tooManyFiles = (most: number): Refusal =>
  new Refusal(507, `There may be at most ${String(most)} uploaded files: remove some from the folder.`);

const tooMany = (): Refusal => new Refusal(429, 'Too many uploads of your address are in progress.');

/** Sends a file, whole or in ranges; nothing in it is ever run. */
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

/** Lets the page that a browser makes of a file display it, and nothing else. */
function secure(response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  );
  response.setHeader('Referrer-Policy', 'no-referrer');
}

/**
 * Allows uploads from other sites, since a page and its dispatch server may have different hosts
 * (docs/protocol/clients.md#http). Sites that may not upload were refused before.
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
 * Sends the refusal, and reads on for a while: a browser that cannot go on sending may not receive it. With
 * `Connection: close`, Node would end the connection at once.
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
