/** How many kB of JavaScript a page loads up to an answered call: what a browser requests. `npm run size` has the others. */
import {brotliCompressSync} from 'node:zlib';
import {chunksOf, modulesOf, PHONE} from '../../scripts/page-chunks.mjs';
import {minified} from '../../scripts/rollup.mjs';
import {openSite} from '../support/page/site.js';
import {goal, printTable} from './table.js';

/** The minified files of a page, by their names, and the name of the one that it begins with. */
async function filesOf(modules: readonly string[]): Promise<{files: Map<string, string>; entry: string}> {
  const {chunks, loaded} = await chunksOf(modules);
  const files = new Map<string, string>();
  for (const [name, {code}] of chunks) files.set(name, (await minified(code)).code);
  const [entry] = loaded;
  return {files, entry: entry!};
}

/** The names of the files that a page with a phone has requested once its call is answered. */
async function requested(files: ReadonlyMap<string, string>, entry: string): Promise<Set<string>> {
  const names = new Set<string>();
  const site = await openSite();
  try {
    const page = await site.open('/fswebrtc', (page) => page.setBypassCSP(true));
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const [, name = ''] = /\/size\/(.*)$/.exec(request.url()) ?? [];
      if (!files.has(name)) return void request.continue();
      names.add(name);
      void request.respond({contentType: 'text/javascript', body: files.get(name)!});
    });
    await page.evaluate(
      async (entry, tags) => {
        await import(`/size/${entry}`);
        const element = Object.assign(document.createElement('sip-client'), {
          server: `ws://${location.host}/fswebrtc`,
          profile: 'standard',
          user: '1001',
          password: '1234',
        }) as any;
        element.append(...tags.map((tag) => document.createElement(tag)));
        document.body.append(element);
        await element.connect();
        await element.register();
        const call = await element.call('1019', {media: 'audio'});
        while (call.state.phase !== 'answered')
          await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
      },
      entry,
      PHONE.slice(1),
    );
    await page.waitForNetworkIdle();
    return names;
  } finally {
    await site.close();
  }
}

const GOAL = 120;

const {files, entry} = await filesOf(modulesOf(PHONE));
const loaded = [...(await requested(files, entry))].map((name) => files.get(name)!);
const [plain, brotli] = [
  (code: string) => Buffer.byteLength(code),
  (code: string) => brotliCompressSync(code).length,
].map((weigh) => loaded.reduce((sum, code) => sum + weigh(code), 0) / 1000) as [number, number];
printTable(
  'an answered call',
  ['a page loads', 'minified, kB', 'brotli, kB', 'goal, brotli'],
  [
    [
      'the first four, up to an answered call in the standard profile',
      plain.toFixed(0),
      brotli.toFixed(1),
      goal(String(GOAL), brotli <= GOAL),
    ],
  ],
);
