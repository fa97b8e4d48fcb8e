import {createReadStream} from 'node:fs';
import {realpath, stat} from 'node:fs/promises';
import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import {extname, join, posix, relative, sep} from 'node:path';
import {pipeline} from 'node:stream';
import {reasonOf, type Log} from './log.js';
import {originOf, pathOf} from './origin.js';
import {ACCEPTED_PAGE, MISSING_PAGE} from './pages.js';

/** The path of the SIP WebSocket and its page (protocol page §1, §8.13). */
export const SIP_PATH = '/fswebrtc';
/** The path of the JSON API's WebSocket (protocol page §1). */
export const API_PATH = '/websocketapi';

/** The file types that are served; sources are not among them. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the pages are served from. */
export interface PageOptions {
  /** The folder of pages; nothing above it is served, and nothing in its `server` folder. */
  readonly pages: string;
  /** The built files, by the path that each is served under. */
  readonly built: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** Serves the pages and the built package, as strictly as a production site would. */
export function servePages(options: PageOptions): RequestListener {
  return (request, response) => {
    answer(options, request, response).catch((thrown: unknown) => {
      options.log(`${request.method ?? ''} ${request.url ?? ''} failed: ${reasonOf(thrown)}`);
      if (response.headersSent) response.destroy();
      else sendText(request, response, 500, 'text/plain; charset=utf-8', 'The server failed.\n');
    });
  };
}

async function answer(
  options: PageOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  secure(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendText(
      request,
      response,
      405,
      'text/plain; charset=utf-8',
      'Only GET and HEAD are answered here.\n',
    );
  }
  const path = decodedPath(request);
  if (path === SIP_PATH || path === `${SIP_PATH}/`) return sendPage(request, response, 200, ACCEPTED_PAGE);
  const file =
    path === undefined ? undefined : (options.built[path] ?? (await pageFile(options.pages, path)));
  if (file === undefined || !(await sendFile(request, response, file))) {
    sendPage(request, response, 404, MISSING_PAGE);
  }
}

/** Returns the decoded path of a request; undefined if no such path can be served. */
function decodedPath(request: IncomingMessage): string | undefined {
  try {
    const path = decodeURIComponent(pathOf(request));
    return path.startsWith('/') && !/[\0\\]/.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the file of a path; undefined if no such file may be served. Links are resolved first. */
async function pageFile(folder: string, path: string): Promise<string | undefined> {
  const name = path.endsWith('/') ? `${path}index.html` : path;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, posix.normalize(name)));
    const inside = relative(root, file).split(sep);
    const hidden = inside.some((part) => part.startsWith('.'));
    // Some file systems ignore case.
    return hidden || inside[0]?.toLowerCase() === 'server' ? undefined : file;
  } catch {
    return undefined;
  }
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: string): Promise<boolean> {
  const type = TYPES[extname(file).toLowerCase()];
  const found = type === undefined ? undefined : await stat(file).catch(() => undefined);
  if (type === undefined || !found?.isFile()) return false;
  response.writeHead(200, {'Content-Type': type, 'Content-Length': found.size, 'Cache-Control': 'no-cache'});
  if (request.method === 'HEAD') response.end();
  else pipeline(createReadStream(file), response, () => undefined);
  return true;
}

function sendPage(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  sendText(request, response, status, 'text/html; charset=utf-8', text);
}

function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
): void {
  const content = Buffer.from(text);
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': content.length,
    'Cache-Control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** Sets the headers of a careful site; pages and elements must work with them. */
function secure(request: IncomingMessage, response: ServerResponse): void {
  const {authority} = originOf(request);
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    // Some browsers do not treat WebSockets of the same origin as 'self'.
    `connect-src 'self' ws://${authority} wss://${authority}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ];
  response.setHeader('Content-Security-Policy', policy.join('; '));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
}
