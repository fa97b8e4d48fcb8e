import {existsSync} from 'node:fs';
import {realpath, stat} from 'node:fs/promises';
import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import {basename, join, posix, relative, sep} from 'node:path';
import send from 'send';
import type {Documentation} from './documentation.js';
import {EFFECT_FOLDERS} from './folders.js';
import {reasonOf, type Log} from './log.js';
import {originOf, pathOf} from './origin.js';
import {ACCEPTED_PAGE, BUILDING_PAGE, MISSING_PAGE, unbuiltPage} from './pages.js';

/** The path of the SIP WebSocket and its page (docs/protocol/carriers.md#sip, docs/protocol/clients.md#http). */
export const SIP_PATH = '/fswebrtc';
/** The path of the JSON API's WebSocket (docs/protocol/carriers.md#carrier-2). */
export const API_PATH = '/websocketapi';

/** The path of the documentation. */
const DOCS_PATH = '/docs';
/** The path of the icon that browsers request by themselves. */
const ICON_PATH = '/favicon.ico';
/** The path of the sources. */
const SOURCES_PATH = '/src/';

/** The files that are served: what a page loads, and the sources that source maps lead to. */
const SERVED =
  /\.(?:html|css|js|json|map|ts|svg|png|jpg|ico|webp|woff2|mp3|wav|ogg|webm|mp4|txt|wasm|tflite)$/i;

/** What the pages are served from. */
export interface PageOptions {
  /** The folder of pages; nothing above it is served. */
  readonly pages: string;
  /** The folder of the package's sources, served under `/src/` unless `pages` has the file. */
  readonly sources: string;
  /** Finds the built file that is served under a path; resolves with undefined if there is none. */
  readonly built: (path: string) => Promise<string | undefined>;
  /** The picture that is served under `/favicon.ico`. */
  readonly icon: string;
  /** Served under `/docs/` unless `pages` has the file. */
  readonly documentation: Documentation;
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
  if (path === DOCS_PATH) {
    response.writeHead(302, {Location: `${DOCS_PATH}/`}).end();
    return;
  }
  const file = path === undefined ? undefined : await fileOf(options, path);
  if (file !== undefined && (await sendFile(request, response, file))) return;
  if (path?.startsWith(`${DOCS_PATH}/`))
    return sendDocumentation(options, request, response, path.slice(DOCS_PATH.length));
  sendPage(request, response, 404, MISSING_PAGE);
}

/** Returns the file that is served under a path; undefined if there is none. */
async function fileOf({built, icon, pages, sources}: PageOptions, path: string): Promise<string | undefined> {
  const page = path === ICON_PATH ? icon : ((await built(path)) ?? (await pageFile(pages, path)));
  if (page !== undefined) return page;
  for (const [place, folder] of EFFECT_FOLDERS)
    if (folder !== undefined && path.startsWith(place)) return pageFile(folder, path.slice(place.length - 1));
  if (!path.startsWith(SOURCES_PATH)) return undefined;
  return pageFile(sources, path.slice(SOURCES_PATH.length - 1));
}

async function sendDocumentation(
  {documentation}: PageOptions,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const state = documentation.refresh();
  const file = await pageFile(documentation.folder, path);
  if (file !== undefined && (await sendFile(request, response, file))) return;
  if (state === 'built') return sendPage(request, response, 404, MISSING_PAGE);
  if (state !== 'building') return sendPage(request, response, 503, unbuiltPage(state.message));
  response.setHeader('Retry-After', '2');
  sendPage(request, response, 503, BUILDING_PAGE);
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
    return hidden || !SERVED.test(file) || !(await stat(file)).isFile() ? undefined : file;
  } catch {
    return undefined;
  }
}

/** Sends a file, whole or in ranges; resolves with false if it is none. */
function sendFile(request: IncomingMessage, response: ServerResponse, file: string): Promise<boolean> {
  return new Promise((resolve) => {
    response.once('close', () => resolve(true));
    send(request, encodeURI(file), {index: false, dotfiles: 'allow', cacheControl: false})
      .on('headers', () => {
        response.setHeader('Cache-Control', 'no-cache');
        if (existsSync(`${file}.map`)) response.setHeader('SourceMap', `${basename(file)}.map`);
      })
      .on('error', ({status, headers}: {status: number; headers?: Record<string, string>}) => {
        if (status !== 416) return resolve(false);
        for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
        sendText(request, response, 416, 'text/plain; charset=utf-8', 'The file is shorter than that.\n');
      })
      .pipe(response);
  });
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

/** The page of effects, whose worklet suppresses noise, and the worker that finds the background. */
const usesWebAssembly = (request: IncomingMessage): boolean =>
  /^\/(?:effects\.html$|background\/)/.test(pathOf(request));

/** The page that may also connect to the Kamailio of `demo/infra`, and its address. */
const KAMAILIO = {page: '/encryption.html', server: 'ws://localhost:8088'};

/** Sets the headers of a careful site; pages and elements must work with them. */
function secure(request: IncomingMessage, response: ServerResponse): void {
  const {authority} = originOf(request);
  const kamailio = pathOf(request) === KAMAILIO.page ? ` ${KAMAILIO.server}` : '';
  const policy = [
    "default-src 'self'",
    `script-src 'self'${usesWebAssembly(request) ? " 'wasm-unsafe-eval'" : ''}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    // Some browsers do not treat WebSockets of the same origin as 'self'.
    `connect-src 'self' ws://${authority} wss://${authority}${kamailio}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ];
  response.setHeader('Content-Security-Policy', policy.join('; '));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
}
