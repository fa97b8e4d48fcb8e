import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {connect, type AddressInfo} from 'node:net';
import {extname} from 'node:path';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {within} from '../../../scripts/project.mjs';
import {until} from '../in-page/facts.js';
import {openSite, type Site} from '../page/site.js';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.html': 'text/html; charset=utf-8',
};

/** Answers a request of the author's own pages. */
export type Route = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A page that an author has written. */
export interface AuthorPage {
  /** What is in its body. */
  readonly html: string;
  /** A script of its own, behind the one of the elements. */
  readonly script?: string;
  /** Whether a bundler makes one file of the script and the elements; by default the loader loads these. */
  readonly bundled?: boolean;
  /** The Content-Security-Policy. */
  readonly policy?: string;
  /** The fragment of its address. */
  readonly hash?: string;
  /** Runs before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/**
 * The web server of an author's site: it has the files of `dist`, the author's pages and routes, and hands WebSockets to a
 * development server of its own.
 */
export class AuthorSite {
  /** By their path, of which the longest that fits counts. */
  readonly routes = new Map<string, Route>();
  /** The folders of packages that are served, by their path. */
  readonly folders = new Map<string, string>();
  /** What the pages have written to the console, and when they were not asked, their errors. */
  readonly logs: string[] = [];
  /** The development server, and the browser. */
  readonly site: Site;
  readonly #files = new Map<string, string>();
  readonly #server: Server;
  #count = 0;

  private constructor(site: Site, server: Server) {
    this.site = site;
    this.#server = server;
    server.on('request', (request, response) => void this.#answer(request, response));
    server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const onward = connect(Number(new URL(site.server.url).port), 'localhost', () => {
        const headers = request.rawHeaders.map((text, index) => text + (index % 2 ? '\r\n' : ': ')).join('');
        onward.write(`GET ${request.url} HTTP/1.1\r\n${headers}\r\n`);
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
      socket.on('close', () => onward.destroy());
    });
  }

  static async open(options?: Parameters<typeof openSite>[0]): Promise<AuthorSite> {
    const site = await openSite(options);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AuthorSite(site, server);
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Opens a page, in a window of its own. */
  async page({html, script, bundled = false, policy, hash = '', prepare}: AuthorPage): Promise<Page> {
    const name = `page-${++this.#count}`;
    const scripts = [
      ...(bundled ? [] : ['/loader/sip-elements-loader.js']),
      ...(script === undefined ? [] : [await this.#script(script, bundled)]),
    ];
    const tags = scripts.map((src) => `<script type="module" src="${src}"></script>`).join('');
    const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>';
    this.#files.set(`/${name}.html`, `${head}<link rel="icon" href="data:,">${tags}<body>${html}`);
    if (policy)
      this.routes.set(`/${name}.html`, (_, response) => this.#send(response, `/${name}.html`, policy));
    return this.site.open(`${this.url}${name}.html${hash}`, async (page) => {
      page.on('console', (message) => this.logs.push(message.text()));
      await prepare?.(page);
    });
  }

  /**
   * Runs an example in an open page, where `client` is its `<sip-client>`, and `call` its newest call. Resolves when the example has
   * run; what it has named is then in the page's `made`.
   *
   * @param given - What else the example takes for granted, as code by its name.
   */
  async run(page: Page, code: string, given: Readonly<Record<string, string>> = {}): Promise<void> {
    const known = {
      client: `document.querySelector('sip-client')`,
      call: `document.querySelector('sip-client')?.calls.at(-1)`,
      button: `document.querySelector('button')`,
      panel: `document.querySelector('#panel')`,
      ...given,
    };
    const names = [...code.matchAll(/^(?:const|(?:async )?function) (?:(\w+)|\{([\w, ]+)\} =)/gm)].flatMap(
      ([, name, several = '']) => name ?? several.split(', '),
    );
    const before = Object.entries(known)
      .filter(([name]) => !names.includes(name))
      .map(([name, value]) => `const ${name} = ${value};`)
      .join('');
    const src = await this.#script(`${before}\n${code}\nwindow.made = {${names.join()}};`, false);
    await page.evaluate((src) => import(src), src);
  }

  /** Waits until a page has written a line that fits. */
  async logged(line: RegExp): Promise<string> {
    let found: string | undefined;
    await until(
      () => (found = this.logs.find((each) => line.test(each))) !== undefined,
      Infinity,
      () => `${line} in ${this.logs.slice(-30).join(' | ')}`,
    );
    return found!;
  }

  async close(): Promise<void> {
    await this.site.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Returns the address of a script; one with imports by name goes through a bundler first. */
  async #script(code: string, bundled: boolean): Promise<string> {
    const src = `/script-${++this.#count}.js`;
    this.#files.set(src, bundled ? await bundle(code) : code);
    return src;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url!, this.url).pathname);
    const [best] = [...this.routes.keys()]
      .filter((each) => path.startsWith(each))
      .sort((a, b) => b.length - a.length);
    if (best === undefined) await this.#send(response, path);
    else await this.routes.get(best)!(request, response);
  }

  async #send(response: ServerResponse, path: string, policy?: string): Promise<void> {
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    if (policy) response.setHeader('Content-Security-Policy', policy);
    const own = this.#files.get(path);
    if (own !== undefined) return void response.end(own);
    const folder = [...this.folders.keys()].find((each) => path.startsWith(each));
    const file = folder ? `${this.folders.get(folder)}/${path.slice(folder.length)}` : within(`dist${path}`);
    await readFile(file).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  }
}

/** Makes one file of a script, of the package and of what they import, as an author's bundler does. */
async function bundle(code: string): Promise<string> {
  const {outputFiles} = await build({
    stdin: {contents: `import 'sip-elements/define';\n${code}`, resolveDir: within('')},
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}
