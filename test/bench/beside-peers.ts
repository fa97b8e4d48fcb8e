/**
 * How long a registration and a call take, beside other SIP phones and bare WebRTC in the same run: over the development
 * server and over Kamailio, in random order, in pages of their own. Prints a table, judges nothing.
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

const ROUNDS = Number(process.argv[2] ?? 15);

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
type Figures = Record<(typeof ROWS)[number], number[]>;

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

const median = (values: number[]): number => spread(values)[1];

/** The tenth, the half and the ninth tenth of the values. */
function spread(values: number[]): [number, number, number] {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return [at(0.1), at(0.5), at(0.9)];
}

async function run(page: Page, {server, domain, caller, callee}: Place, figures: Figures): Promise<void> {
  const told = await page.evaluate(
    async (server, domain, {user, password}, number) => {
      const {phone} = globalThis as unknown as {phone: Phone};
      const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
      const registered = await phone.register(server, user, password, domain);
      const calls: CallTimes[] = [];
      for (const video of [false, false, true]) {
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
  const [first, audio, video] = told.calls;
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
  const all = new Map(
    [...scripts.keys()].map((name) => [
      name,
      Object.fromEntries(ROWS.map((row) => [row, []])) as unknown as Figures,
    ]),
  );
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of [...scripts.keys()].sort(() => Math.random() - 0.5)) {
      const page = await site.open('/fswebrtc', (page) => page.setBypassCSP(true));
      await page.evaluate(scripts.get(name)!);
      const figures =
        round > 0 ? all.get(name)! : (Object.fromEntries(ROWS.map((row) => [row, []])) as unknown as Figures);
      await run(page, place, figures);
      await page.close();
    }
  }
  const names = [...all.keys()];
  const lines = [
    `| ${place.name}, ms | ${names.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(names.length)}`,
    ...ROWS.map((row) => {
      const cells = names.map((name) => {
        const [low, middle, high] = spread(all.get(name)![row]);
        const bare = median(all.get('bare WebRTC')![row]);
        return `${middle.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)}), ${(middle / bare).toFixed(1)} ×`;
      });
      return `| ${row} | ${cells.join(' | ')} |`;
    }),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
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
    name: 'Development server',
    server: new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws'),
    domain: 'localhost',
    caller: {user: '1001', password: '1234'},
    callee: {user: '1002', password: '1234'},
  });
} finally {
  await site.close();
  await kamailio.stop();
}
