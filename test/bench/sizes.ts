/**
 * How many kB of JavaScript a page loads: before anyone connects, up to an answered call, and as single files. What a
 * call needs is what a browser requests.
 */
import {readFileSync} from 'node:fs';
import {brotliCompressSync} from 'node:zlib';
import {chunksOf, modulesOf, PHONE} from '../../scripts/page-chunks.mjs';
import {within} from '../../scripts/project.mjs';
import {minified} from '../../scripts/rollup.mjs';
import {openSite} from '../support/page/site.js';
import {goal, printTable} from './table.js';

/** The minified files of a page, by their names, and the names of those that it loads at once. */
async function filesOf(
  modules: readonly string[],
): Promise<{files: Map<string, string>; loaded: Set<string>}> {
  const {chunks, loaded} = await chunksOf(modules);
  const files = new Map<string, string>();
  for (const [name, {code}] of chunks) files.set(name, (await minified(code)).code);
  return {files, loaded};
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

function row(what: string, files: readonly string[], limit?: number): string[] {
  const [minified, brotli] = [
    (code: string) => Buffer.byteLength(code),
    (code: string) => brotliCompressSync(code).length,
  ].map((weigh) => files.reduce((sum, code) => sum + weigh(code), 0) / 1000);
  const wanted = limit === undefined ? '' : goal(String(limit), brotli! <= limit);
  return [what, minified!.toFixed(0), brotli!.toFixed(1), wanted];
}

const pick = (files: ReadonlyMap<string, string>, names: ReadonlySet<string>): string[] =>
  [...names].map((name) => files.get(name)!);
const single = (name: string): string[] => [readFileSync(within(`dist/${name}`), 'utf8')];

const four = await filesOf(modulesOf(PHONE));
const phone = await filesOf(modulesOf(['sip-phone']));
const all = await filesOf(['dist/define.js']);
const [entry] = four.loaded;
const answered = await requested(four.files, entry!);
const tags = PHONE.map((tag) => `\`<${tag}>\``).join(' ');
printTable(
  'sizes',
  ['a page loads', 'minified, kB', 'brotli, kB', 'goal, brotli'],
  [
    row(`${tags}, before anyone connects`, pick(four.files, four.loaded), 30),
    row('`<sip-phone>`, before anyone connects', pick(phone.files, phone.loaded), 45),
    row('all elements, before anyone connects', pick(all.files, all.loaded)),
    row('the first four, up to an answered call in the standard profile', pick(four.files, answered), 90),
    row('`sip-elements.js`, the single file', single('sip-elements.js'), 150),
    row('`functions.js`, the documented functions', single('functions.js'), 85),
  ],
);
