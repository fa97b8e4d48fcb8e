/**
 * How long a registration and a call take, beside other SIP phones and bare WebRTC in the same run: over the development
 * server and over Kamailio, in random order, in pages of their own.
 *
 * `node --import tsx test/bench/beside-peers.ts [ROUNDS]`
 */
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {DOMAIN, startKamailio} from '../support/interop/kamailio.js';
import {LOOPBACK_FLAGS} from '../support/interop/sip-page.js';
import {onlinePage} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';
import {PHONES, type CallTimes, type Phone} from './phones.js';
import {goal, median, printTable, size, spread} from './table.js';

const ROUNDS = size(10);

/** A server to measure at, and accounts of its users. */
interface Place {
  readonly name: string;
  readonly server: string;
  readonly domain: string;
  readonly caller: {readonly user: string; readonly password: string};
  readonly callee: {readonly user: string; readonly password: string};
}

const ROWS = [
  'connect → registered',
  'audio call → established, first of a page',
  'audio call → established',
  'audio call → first RTP',
  'video call → established',
] as const;
type Row = (typeof ROWS)[number];
type Figures = Record<Row, number[]>;

/** How many times as long as bare WebRTC the client alone may take, and with elements. */
const GOALS: Readonly<Partial<Record<Row, readonly [number, number]>>> = {
  'audio call → established, first of a page': [1.7, 1.7],
  'audio call → established': [1.7, 1.9],
  'audio call → first RTP': [1.4, 1.4],
  'video call → established': [1.7, 1.7],
};

const scripts = new Map<string, string>();
for (const [name, contents] of Object.entries(PHONES)) {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: process.cwd()},
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    define: {global: 'globalThis'},
  });
  scripts.set(name, outputFiles[0]!.text);
}

const BARE = 'bare WebRTC';
const [ALONE, WITH_ELEMENTS] = Object.keys(PHONES).filter((name) => name.startsWith('sip-elements'));

const noFigures = (): Figures => Object.fromEntries(ROWS.map((row) => [row, []])) as unknown as Figures;

async function run(page: Page, {server, domain, caller, callee}: Place, figures: Figures): Promise<void> {
  const told = await page.evaluate(
    async (server, domain, {user, password}, number) => {
      const {phone} = globalThis as unknown as {phone: Phone};
      const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
      const registered = await phone.register(server, user, password, domain);
      const calls: CallTimes[] = [];
      for (const video of [false, false, true, true]) {
        await pause();
        calls.push(await phone.call(number, video));
        await pause();
        await phone.hangup();
      }
      return {registered, calls};
    },
    server,
    domain,
    caller,
    callee.user,
  );
  const [first, audio, , video] = told.calls;
  figures['connect → registered'].push(told.registered);
  figures['audio call → established, first of a page'].push(first!.established);
  figures['audio call → established'].push(audio!.established);
  figures['audio call → first RTP'].push(audio!.rtp);
  figures['video call → established'].push(video!.established);
}

async function measure(site: Site, place: Place): Promise<void> {
  const callee = await onlinePage(site, {
    ...place.callee,
    server: place.server,
    attributes: `profile="standard" domain="${place.domain}"`,
    withoutCsp: true,
  });
  await callee.evaluate(() => {
    document
      .querySelector('sip-client')!
      .addEventListener(
        'sip-call-received',
        ({detail}) => void detail.call.answer({media: detail.call.media}),
      );
  });
  const all = new Map([...scripts.keys()].map((name) => [name, noFigures()]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of [...scripts.keys()].sort(() => Math.random() - 0.5)) {
      const page = await site.open('/fswebrtc', (page) => page.setBypassCSP(true));
      await page.evaluate(scripts.get(name)!);
      // The first round warms up.
      await run(page, place, round > 0 ? all.get(name)! : noFigures());
      await page.close();
    }
  }
  /** How many times as long as bare WebRTC a phone takes; or another one. */
  const ratio = (row: Row, name: string, other = BARE): number =>
    median(all.get(name)![row]) / median(all.get(other)![row]);
  const wanted = (row: Row): string => {
    const limits = GOALS[row];
    if (!limits) {
      const reached = [ALONE!, WITH_ELEMENTS!].every((name) => ratio(row, name, 'JsSIP') < 1);
      return goal('below JsSIP', reached);
    }
    const [alone, withElements] = limits;
    const [first, second] = [ratio(row, ALONE!) <= alone, ratio(row, WITH_ELEMENTS!) <= withElements];
    if (alone === withElements) return goal(`${alone} ×`, first && second);
    return `${goal(`${alone} × alone`, first)}, ${goal(`${withElements} × with elements`, second)}`;
  };
  const names = [...all.keys()];
  printTable(
    `calls over ${place.name}`,
    ['ms', ...names, 'goal'],
    ROWS.map((row) => [
      row,
      ...names.map((name) => `${spread(all.get(name)![row])}, ${ratio(row, name).toFixed(2)} ×`),
      wanted(row),
    ]),
  );
  await callee.close();
}

const kamailio = await startKamailio();
const site = await openSite({chromeFlags: LOOPBACK_FLAGS});
try {
  await measure(site, {
    name: 'Kamailio',
    server: kamailio.ws,
    domain: DOMAIN,
    caller: {user: 'alice', password: 'pw-alice'},
    callee: {user: 'bob', password: 'pw-bob'},
  });
  await measure(site, {
    name: 'the development server',
    server: new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws'),
    domain: 'localhost',
    caller: {user: '1001', password: '1234'},
    callee: {user: '1002', password: '1234'},
  });
} finally {
  await site.close();
  await kamailio.stop();
}
