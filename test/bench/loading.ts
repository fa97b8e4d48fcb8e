/**
 * How long a page without a build takes until a phone is drawn, at 10 Mbit/s and 80 ms of latency: by the single file, by the
 * ready files and by the loader in the same run, over HTTP/1.1 and HTTP/2, and with a warm cache; what it requests until
 * then and up to an answered call; and how long `connect` takes until the account is registered.
 *
 * `node --import tsx test/bench/loading.ts [ROUNDS]`
 */
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createSecureServer} from 'node:http2';
import type {AddressInfo, Server} from 'node:net';
import {join} from 'node:path';
import {brotliCompressSync} from 'node:zlib';
import type {Page} from 'puppeteer-core';
import {generate} from 'selfsigned';
import {within} from '../../scripts/project.mjs';
import {settles} from '../support/in-page/facts.js';
import {openSite} from '../support/page/site.js';
import {goal, median, printTable, size, spread} from './table.js';

const ROUNDS = size(7);
const LATENCY = 80;
const BYTES_PER_SECOND = 10_000_000 / 8;

const WAYS = {
  'the single file': {call: ['sip-elements.js'], phone: ['sip-elements.js']},
  'the ready files': {call: ['ready/call.js'], phone: ['ready/call.js', 'ready/phone.js']},
  'the loader': {call: ['loader/sip-elements-loader.js'], phone: ['loader/sip-elements-loader.js']},
} as const;
type Way = keyof typeof WAYS;

const PAGES = {call: '`<sip-call>` and three more', phone: '`<sip-phone>`'} as const;
type Kind = keyof typeof PAGES;
const TAGS: Readonly<Record<Kind, readonly string[]>> = {
  call: ['sip-dialer', 'sip-incoming', 'sip-call'],
  phone: ['sip-phone'],
};

/** How many times as long as by the single file a page may take; how much it may request, and how many kB of it. */
const GOALS: Readonly<Record<Way, {readonly ratio: number} | undefined>> = {
  'the single file': undefined,
  'the ready files': {ratio: 0.6},
  'the loader': {ratio: 0.7},
};
const REQUESTS: Readonly<Record<Kind, readonly [requests: number, kilobytes: number]>> = {
  call: [10, 50],
  phone: [12, 65],
};
/** In kB, up to an answered call. */
const ANSWERED = 120;

/** The files as a server sends them, and what was sent since the last page began. */
const files = new Map<string, Buffer>();
let sent: {readonly name: string; readonly bytes: number}[] = [];

function fileOf(name: string): Buffer | undefined {
  const path = within(join('dist', name));
  if (!files.has(name) && existsSync(path)) files.set(name, brotliCompressSync(readFileSync(path)));
  return files.get(name);
}

const site = await openSite({chromeFlags: ['--ignore-certificate-errors']});
const account = `server="ws://127.0.0.1:${site.server.port}/fswebrtc" profile="standard" user="1001" password="1234"`;

function pageOf(way: Way, kind: Kind): string {
  const scripts = WAYS[way][kind].map((name) => `<script type="module" src="/${name}"></script>`).join('');
  const body =
    kind === 'phone'
      ? `<sip-phone ${account}></sip-phone>`
      : `<sip-client ${account}>${TAGS.call.map((tag) => `<${tag}></${tag}>`).join('')}</sip-client>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Phone</title><link rel="icon" href="data:,">${scripts}${body}`;
}

function answer({url = ''}: {url?: string | undefined}, response: ServerResponse): void {
  const name = url.slice(1);
  const [way, kind] = name.split('/').map(decodeURIComponent) as [Way, Kind];
  if (way in WAYS) {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    return void response.end(pageOf(way, kind));
  }
  const body = fileOf(name);
  if (!body) return void response.writeHead(404).end();
  sent.push({name, bytes: body.length});
  response.setHeader('Content-Type', 'text/javascript');
  response.setHeader('Content-Encoding', 'br');
  response.setHeader('Cache-Control', 'max-age=3600');
  response.end(body);
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const {private: key, cert} = await generate([{name: 'commonName', value: '127.0.0.1'}], {keySize: 2048});
const plain = createServer(answer);
const secure = createSecureServer({key, cert, allowHTTP1: false}, (request, response) =>
  answer(request as unknown as IncomingMessage, response as unknown as ServerResponse),
);
const PROTOCOLS = {
  'HTTP/1.1': `http://127.0.0.1:${await listen(plain)}`,
  'HTTP/2': `https://127.0.0.1:${await listen(secure)}`,
} as const;
type Protocol = keyof typeof PROTOCOLS;

/** Notes in each page when all of its elements are drawn: by the first picture with all of them. */
const watch = (page: Page, kind: Kind): Promise<unknown> =>
  page.evaluateOnNewDocument(`
    globalThis.drawn = new Promise((resolve) => {
      const isDrawn = (tag) => document.querySelector(tag)?.hasUpdated;
      const look = () =>
        requestAnimationFrame(() => (${JSON.stringify(TAGS[kind])}.every(isDrawn) ? resolve(performance.now()) : look()));
      look();
    });
  `);

/** Opens a page; resolves with it and the time until all is drawn, in milliseconds. */
async function drawn(
  protocol: Protocol,
  way: Way,
  kind: Kind,
  {page, cached}: {page: Page; cached: boolean},
): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  if (!cached) await session.send('Network.clearBrowserCache');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  sent = [];
  await page.goto(`${PROTOCOLS[protocol]}/${[way, kind].map(encodeURIComponent).join('/')}`);
  const time = await page.evaluate(() => (globalThis as unknown as {drawn: Promise<number>}).drawn);
  await session.detach();
  return time;
}

const sum = (): number => sent.reduce((bytes, file) => bytes + file.bytes, 0) / 1000;

const times: [kind: Kind, where: string, way: Way, values: number[]][] = [];
const registered = new Map<Way, number[]>(Object.keys(WAYS).map((way) => [way as Way, []]));
const requested = new Map<string, readonly [number, number]>();
let answered = 0;

try {
  for (const kind of ['call', 'phone'] as const)
    for (const where of ['HTTP/1.1', 'HTTP/2', 'HTTP/2, warm cache'] as const)
      for (const way of Object.keys(WAYS) as Way[]) times.push([kind, where, way, []]);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [kind, where, way, values] of times) {
      const protocol = where.split(',')[0] as Protocol;
      const cached = where.includes('warm');
      const page = await site.browser.newPage();
      await watch(page, kind);
      if (cached) await drawn(protocol, way, kind, {page, cached: false});
      values.push(await drawn(protocol, way, kind, {page, cached}));
      if (where === 'HTTP/1.1' && kind === 'call') {
        requested.set(`${way} ${kind}`, [sent.length, sum()]);
        registered.get(way)!.push(
          await page.evaluate(async () => {
            const client = document.querySelector('sip-client') as any;
            const since = performance.now();
            await client.connect();
            await client.register();
            return performance.now() - since;
          }),
        );
        if (way === 'the loader' && round === 0) {
          await page.evaluate(async () => {
            const call = await (document.querySelector('sip-client') as any).call('1019', {media: 'audio'});
            while (call.state.phase !== 'answered')
              await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
          });
          await settles(async () => sent.length, 2_000);
          answered = sum();
        }
      } else if (where === 'HTTP/1.1') requested.set(`${way} ${kind}`, [sent.length, sum()]);
      await page.close();
    }
} finally {
  plain.close();
  secure.close();
  await site.close();
}

const of = (kind: Kind, where: string, way: Way): number[] =>
  times.find((row) => row[0] === kind && row[1] === where && row[2] === way)![3];
printTable(
  'loading',
  [
    '10 Mbit/s, 80 ms: until it is drawn',
    'over',
    ...Object.keys(WAYS).map((way) => `${way}, ms`),
    'beside the single file',
    'goal',
  ],
  (['call', 'phone'] as const).flatMap((kind) =>
    ['HTTP/1.1', 'HTTP/2', 'HTTP/2, warm cache'].map((where) => {
      const values = (Object.keys(WAYS) as Way[]).map((way) => of(kind, where, way));
      const ratios = values.slice(1).map((each) => median(each) / median(values[0]!));
      const wanted = (Object.keys(WAYS) as Way[]).slice(1).map((way, index) => {
        const {ratio} = GOALS[way]!;
        return goal(`${ratio.toFixed(1)} ×`, ratios[index]! <= ratio);
      });
      return [
        PAGES[kind],
        where,
        ...values.map(spread),
        ratios.map((ratio) => `${ratio.toFixed(2)} ×`).join(', '),
        where.includes('warm') ? '' : wanted.join(', '),
      ];
    }),
  ),
);
printTable(
  'requests of a page',
  ['until it is drawn', 'scripts', 'kB', 'goal'],
  [
    ...[...requested].map(([name, [count, kilobytes]]) => {
      const kind = name.split(' ').at(-1) as Kind;
      const way = name.slice(0, -kind.length - 1);
      const [most, limit] = REQUESTS[kind];
      const wanted =
        way === 'the single file' ? '' : goal(`${most}, ${limit} kB`, count <= most && kilobytes <= limit);
      return [`${PAGES[kind]} by ${way}`, count, kilobytes.toFixed(1), wanted];
    }),
    [
      'the loader, up to an answered call',
      '',
      answered.toFixed(1),
      goal(`${ANSWERED} kB`, answered <= ANSWERED),
    ],
  ],
);
printTable(
  'registering of a page',
  ['`connect` → registered, from a page just loaded', 'ms'],
  [...registered].map(([way, values]) => [way, spread(values)]),
);
