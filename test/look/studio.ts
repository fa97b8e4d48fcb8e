/** A browser in which scenes are reached once and pictured in many variants, with fonts of its own. */
import {readFile} from 'node:fs/promises';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join, normalize} from 'node:path';
import {build} from 'esbuild';
import type {CDPSession, Page} from 'puppeteer-core';
import {within} from '../../scripts/project.mjs';
import {startBrowser, type StartedBrowser} from '../support/page/browser.js';
import {decode, type Picture} from './picture.js';
import type {Album} from './scene.js';
import {slowClock} from './slow-clock.js';
import type {Variant} from './variants.js';

/** The fonts of the pictures; of two that have a character, the later one draws it. */
const FONTS = ['noto-sans-sc', 'noto-sans-arabic', 'noto-sans'];
const FONT_FOLDER = within('node_modules/@fontsource-variable');

/** Draws the same on every machine: no hinting by the system, no color fringes, no color profile. */
const STEADY_FLAGS = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--force-color-profile=srgb',
];

/** The height of the window, and its width while a scene is reached. */
const HEIGHT = 800;
const WIDTH = 768;

/** How long a state may take to be reached, in milliseconds: a busy machine is slow. */
const PATIENCE = 60_000;

const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="light dark" />
  <title>Pictures</title>
  <link rel="stylesheet" href="/pictures.css" />
  <main></main>
  <script type="module" src="/album.js"></script>
</html>`;

const STYLES = `
  :root { --sip-font: Pictures; caret-color: transparent; background: light-dark(#f2f4f7, #0f1216);
    color: light-dark(#161b22, #eef2f6); font-family: Pictures; }
  body { margin: 0; min-block-size: 100vh; background: inherit; }
  main { display: flow-root; box-sizing: border-box; padding: 16px; background: light-dark(#f2f4f7, #0f1216); }
  main.bare { padding: 0; }
`;

export interface SceneInfo {
  readonly name: string;
  readonly kept: readonly string[];
  readonly whole?: boolean;
  readonly only?: number | undefined;
  readonly touch?: boolean;
}

export interface Studio {
  /** All scenes. */
  readonly scenes: readonly SceneInfo[];
  /** What pages complained of. */
  readonly complaints: string[];
  /** Reaches the scene in a fresh document, and gives a function that pictures it. */
  visit<T>(scene: SceneInfo, task: (snap: Snap, page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A window, which shows one scene after the other. */
interface Shooting {
  readonly page: Page;
  readonly session: CDPSession;
}

/** How many scenes are reached at a time. */
const JOBS = 2;

/** Runs the task for each scene; two at a time, since a page waits most of its time. */
export async function forEachScene(
  scenes: readonly SceneInfo[],
  task: (scene: SceneInfo) => Promise<void>,
): Promise<void> {
  const left = [...scenes];
  const work = async (): Promise<void> => {
    for (let scene = left.shift(); scene; scene = left.shift()) await task(scene);
  };
  await Promise.all(Array.from({length: JOBS}, work));
}

export type Snap = (variant: Variant) => Promise<Picture>;

export async function openStudio(): Promise<Studio> {
  const [files, started] = await Promise.all([
    bundle(),
    startBrowser({firefox: false, chromeFlags: STEADY_FLAGS}),
  ]);
  const server = await serve(files);
  const {port} = server.address() as AddressInfo;
  const complaints: string[] = [];
  const address = `http://localhost:${port}/`;
  const idle: Shooting[] = [];
  const first = await openPage(started, complaints);
  await first.page.goto(address, {waitUntil: 'load'});
  idle.push(first);
  const scenes = await first.page.evaluate(() => (window as unknown as {album: Album}).album.list);
  return {
    scenes,
    complaints,
    async visit(scene, task) {
      const {page, session} = idle.pop() ?? (await openPage(started, complaints));
      try {
        await resize(session, scene.only ?? WIDTH);
        await session.send('Emulation.setTouchEmulationEnabled', {enabled: scene.touch ?? false});
        await page.goto(address, {waitUntil: 'load'});
        await reach(page, scene);
        const result = await task((variant) => snap(page, session, scene, variant), page);
        idle.push({page, session});
        return result;
      } catch (error) {
        await page.close();
        throw error;
      }
    },
    async close() {
      await started.close();
      server.close();
    },
  };
}

async function openPage({browser}: StartedBrowser, complaints: string[]): Promise<Shooting> {
  // The older of two tabs in one window would be hidden and throttled.
  const page = await browser.newPage({type: 'window'} as never);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A scene shows what a page says that names files which are not there.
    const isShown = `${message.text()} ${message.location().url ?? ''}`.includes('/nowhere/');
    if (message.type() === 'error' && !isShown) complaints.push(message.text());
  });
  // The compiler of this file names functions by a helper that a page does not have.
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  await page.evaluateOnNewDocument(slowClock);
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', {enabled: true});
  await session.send('Emulation.setTimezoneOverride', {timezoneId: 'Asia/Shanghai'});
  return {page, session};
}

async function reach(page: Page, {name}: SceneInfo): Promise<void> {
  const reached = page.evaluate((name) => (window as unknown as {album: Album}).album.reach(name), name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The scene ${name} was not reached.`)), PATIENCE);
  });
  reached.catch(() => {});
  await Promise.race([reached, late]).finally(() => clearTimeout(timer));
}

async function snap(
  page: Page,
  session: CDPSession,
  {whole}: SceneInfo,
  {theme, language, width}: Variant,
): Promise<Picture> {
  await resize(session, width);
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      {name: 'prefers-color-scheme', value: theme === 'dark' ? 'dark' : 'light'},
      {name: 'prefers-reduced-motion', value: 'reduce'},
      {name: 'forced-colors', value: theme === 'forced' ? 'active' : 'none'},
    ],
  });
  await page.evaluate((language) => (window as unknown as {album: Album}).album.settle(language), language);
  const height = whole
    ? HEIGHT
    : await page.$eval('main', (main) => Math.ceil(main.getBoundingClientRect().height));
  // What is far below the window would not be drawn in full.
  if (height > HEIGHT) await resize(session, width, height);
  const {data} = await session.send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
    clip: {x: 0, y: 0, width, height, scale: 1},
  });
  return decode(Buffer.from(data, 'base64'));
}

const resize = (session: CDPSession, width: number, height = HEIGHT): Promise<void> =>
  session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: false,
  });

/** The page's scripts, by their paths. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const root = within('test/look');
  const {outputFiles} = await build({
    entryPoints: [join(root, 'album.ts')],
    outdir: root,
    absWorkingDir: within(''),
    bundle: true,
    // The package's list of side effects names files of `dist`.
    ignoreAnnotations: true,
    splitting: true,
    minify: true,
    keepNames: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfig: within('tsconfig.json'),
    conditions: ['browser'],
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({path, text}) => [path.slice(root.length), text]));
}

async function serve(scripts: ReadonlyMap<string, string>): Promise<Server> {
  const fonts = await Promise.all(FONTS.map(fontFaces));
  const styles = fonts.join('\n') + STYLES;
  const server = createServer((request, response) => {
    void (async () => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
      const send = (type: string, body: string | Buffer): void =>
        void response.writeHead(200, {'content-type': type, 'cache-control': 'max-age=3600'}).end(body);
      const script = scripts.get(path);
      if (path === '/') send('text/html', PAGE);
      else if (path === '/pictures.css') send('text/css', styles);
      else if (script !== undefined) send('text/javascript', script);
      else if (path.endsWith('.woff2')) send('font/woff2', await readFile(join(FONT_FOLDER, path)));
      else response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The faces of a font under the name that all of them share. */
async function fontFaces(name: string): Promise<string> {
  const css = await readFile(join(FONT_FOLDER, name, 'index.css'), 'utf8');
  return css
    .replaceAll(/font-family: '[^']*'/g, 'font-family: Pictures')
    .replaceAll('url(./', `url(/${name}/`)
    .replaceAll('font-display: swap', 'font-display: block');
}
