import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {createServer, type RequestListener, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openSite, type Site} from '../../support/page/site.js';
import {until} from '../../support/in-page/facts.js';

const FOLDER = new URL('../../../dist/loader/', import.meta.url);
const LOADER = './sip-elements-loader.js';
/** What the server of the files redirects to the loader. */
const REDIRECTED = 'latest.js';

const {integrity} = JSON.parse(readFileSync(new URL('integrity.json', FOLDER), 'utf8')) as {
  integrity: Record<string, string>;
};

const listen = async (listener: RequestListener): Promise<[Server, string]> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
};

/** How a page has its parts checked. */
interface Way {
  /** The attributes of the loader's script. */
  readonly attributes?: string;
  /** Its address, if not its own. */
  readonly src?: string;
  /** Before that script. */
  readonly head?: string;
  /** What the policy allows of scripts, besides the origin of the parts; without it, the page has no policy. */
  readonly scripts?: string;
  readonly lang?: string;
}

describe('the loader of single elements, from another origin', () => {
  let site: Site;
  let servers: Server[];
  let files: string;
  let pages: string;
  let way: Way;
  let requested: string[];
  /** Which files were changed on their way: they say so when they run. */
  let isSpoiled: (name: string) => boolean;
  /** The complaints of former tests. */
  let told: number;

  before(async () => {
    site = await openSite();
    const [fileServer, filesAt] = await listen(({url = ''}, response) => {
      const name = url.slice(1);
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (name === REDIRECTED) return void response.writeHead(302, {Location: LOADER}).end();
      requested.push(name);
      response.setHeader('Content-Type', 'text/javascript');
      // The address above the root is the root.
      const file = [name, `../${name}`]
        .map((path) => new URL(path, FOLDER))
        .find((each) => existsSync(each))!;
      const content = readFileSync(file);
      response.end(isSpoiled(name) ? `${String(content)};globalThis.spoiled = true;` : content);
    });
    const [pageServer, pagesAt] = await listen(({url = ''}, response) => {
      const {attributes = '', src = LOADER.slice(2), head = '', scripts, lang = 'en'} = way;
      const server = `ws://127.0.0.1:${site.server.port}`;
      if (scripts !== undefined)
        response.setHeader(
          'Content-Security-Policy',
          `default-src 'none'; script-src ${files} ${scripts}; connect-src ${server}; img-src 'self' data:`,
        );
      if (url === '/favicon.ico') return void response.writeHead(204).end();
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><html lang="${lang}"><title>Phone</title>${head}
        <script type="module" src="${files}/${src}" crossorigin ${attributes}></script>
        <sip-dialer for="me"></sip-dialer>
        <sip-client id="me" server="${server}/fswebrtc" user="1001" password="1234" autoconnect></sip-client>`);
    });
    [files, pages] = [filesAt, pagesAt];
    servers = [fileServer, pageServer];
  });
  beforeEach(() => {
    requested = [];
    isSpoiled = () => false;
    told = site.complaints.length;
    way = CHECKED;
  });
  after(async () => {
    for (const server of servers) server.close();
    await site.close();
  });

  const ATTRIBUTE = `integrity="${integrity[LOADER]!}"`;
  /** Nothing inline is allowed. */
  const CHECKED: Way = {attributes: ATTRIBUTE, scripts: ''};
  /** The import map of a page, as an inline script. */
  const mapOf = (): string =>
    JSON.stringify({
      integrity: Object.fromEntries(
        Object.entries(integrity).map(([name, hash]) => [new URL(name, `${files}/`).href, hash]),
      ),
    });

  const isDefined = (page: Page, tag: string): Promise<boolean> =>
    page.evaluate((tag) => customElements.get(tag) !== undefined, tag);
  const isRegistered = async (page: Page): Promise<void> => {
    await page.waitForFunction(
      () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
    );
    await page.waitForSelector('sip-dialer >>> [part=status] .registered');
  };
  /** Takes what the consoles have printed since the test began. */
  const printed = (): string[] => site.complaints.splice(told);
  const hasRun = (page: Page): Promise<boolean> => page.evaluate(() => 'spoiled' in globalThis);

  for (const [name, {attributes, scripts}] of Object.entries({
    'without checks': {attributes: '', scripts: undefined},
    'with checks, under a policy that allows nothing inline': CHECKED,
  }))
    it(`loads what is on the page and nothing else, and the phone registers, ${name}`, async () => {
      way = {attributes: attributes!, ...(scripts !== undefined && {scripts})};
      const page = await site.open(pages);
      await isRegistered(page);
      assert.equal(await isDefined(page, 'sip-conference'), false);
      const others = requested.filter((file) =>
        /^(calls-(?!shared)|conference|history|in-call|lists|messages|monitor|panels|phone|index)/.test(file),
      );
      assert.deepEqual(others, []);
      assert.equal(
        requested.some((file) => file.startsWith('hashes-')),
        attributes !== '',
      );
      assert.deepEqual(requested, [...new Set(requested)]);
      await page.evaluate(() => document.body.append(document.createElement('sip-keypad')));
      await page.waitForFunction(() => document.querySelector('sip-keypad')!.shadowRoot);
      assert.deepEqual(printed(), []);
      await page.close();
    });

  it('defines the elements in a shadow root that the page names, and loads the API', async () => {
    const page = await site.open(pages);
    const name = await page.evaluate(
      async (loader) => {
        const root = document.body.appendChild(document.createElement('div')).attachShadow({mode: 'open'});
        root.innerHTML = '<sip-upload for="me"></sip-upload>';
        const {api, watch} = await import(loader);
        watch(root);
        await customElements.whenDefined('sip-upload');
        root.append(document.createElement('sip-devices'));
        await customElements.whenDefined('sip-devices');
        return (await api()).SipClientElement === customElements.get('sip-client');
      },
      `${files}/${LOADER.slice(2)}`,
    );
    assert.equal(name, true);
    await page.close();
  });

  describe('runs no part that was changed on its way', () => {
    const [list] = readdirSync(FOLDER).filter((name) => name.startsWith('hashes-'));
    const later = readdirSync(FOLDER).filter((name) => name.startsWith('dispatch-'));
    /** What the files of each kind are, and whether the page has a client without them. */
    const KINDS: Readonly<Record<string, [isSpoiled: (name: string) => boolean, hasClient: boolean]>> = {
      'an element': [(name) => name.startsWith('call-'), true],
      'what elements share': [(name) => name.startsWith('elements-'), true],
      'what is loaded on connect': [(name) => later.includes(name), true],
      'its language, in the folder above': [(name) => name === 'sip-elements-zh.js', true],
      'the list of hashes': [(name) => name === list, false],
      'all of them': [(name) => name !== LOADER.slice(2), false],
    };
    for (const [kind, [spoils, hasClient]] of Object.entries(KINDS))
      it(`${kind}, and says which`, async () => {
        isSpoiled = spoils;
        way = {...CHECKED, lang: 'zh'};
        const page = await site.open(pages);
        await until(() =>
          site.complaints.slice(told).some((text) => /was not loaded: it does not have/.test(text)),
        );
        if (hasClient && kind !== 'what elements share')
          await page.waitForFunction(() => customElements.get('sip-client'));
        assert.equal(await hasRun(page), false);
        const isLater = kind === 'what is loaded on connect' || kind.startsWith('its language');
        if (isLater) await page.waitForFunction(() => customElements.get('sip-dialer'));
        assert.equal(await isDefined(page, 'sip-dialer'), isLater);
        if (!hasClient) assert.equal(await isDefined(page, 'sip-client'), false);
        const named = printed().flatMap(
          (text) => /SIP Elements: \S+\/(\S+) was not loaded/.exec(text)?.[1] ?? [],
        );
        assert.ok(named.length > 0 && named.every(spoils), named.join());
        await page.close();
      });

    const ASKED: Readonly<Record<string, () => Way>> = {
      'if the policy or the browser ignores the import map by which the page has asked': () => ({
        head: `<script type="importmap">${mapOf()}</script>`,
        scripts: '',
      }),
      'if the server redirects the script': () => ({...CHECKED, src: REDIRECTED}),
    };
    for (const [name, asked] of Object.entries(ASKED))
      it(name, async () => {
        way = asked();
        isSpoiled = (file) => file.startsWith('call-');
        const page = await site.open(pages);
        await page.waitForFunction(() => customElements.get('sip-client'));
        await until(() =>
          site.complaints.slice(told).some((text) => /was not loaded: it does not have/.test(text)),
        );
        assert.deepEqual([await hasRun(page), await isDefined(page, 'sip-dialer')], [false, false]);
        printed();
        await page.close();
      });
  });

  it('has no part that loads another one past the checks', () => {
    const parts = readdirSync(FOLDER).filter(
      (name) => name.endsWith('.js') && name !== 'sip-shared-worker.js',
    );
    const checked = /\bglobalThis\.sipElementsPart\?\.\(("[^"]+"),import\.meta\.url\)\?\?import\(\1\)/g;
    let count = 0;
    for (const name of parts) {
      const text = readFileSync(new URL(name, FOLDER), 'utf8').replace(checked, () => String((count += 1)));
      assert.doesNotMatch(text, /\bimport\(["'`]/, name);
    }
    assert.ok(count > 50);
    assert.doesNotMatch(
      readFileSync(new URL(LOADER, FOLDER), 'utf8'),
      /\bfrom\s*["']|\bimport\s*["']/,
      'The loader is one file.',
    );
  });

  describe('and a script of the page that imports the API', () => {
    const NONCE = 'one-time-only';
    const script = (): string =>
      `import {SipError} from '${files}/index.js'; document.title = new SipError('busy').code;`;
    const sha = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

    const policies: Readonly<Record<string, () => string>> = {
      'a nonce': () => `'nonce-${NONCE}'`,
      hashes: () => `${sha(mapOf())} ${sha(script())}`,
    };
    for (const [name, policy] of Object.entries(policies))
      it(`has its parts checked by an import map, which the policy allows by ${name}`, async () => {
        const nonce = name === 'a nonce' ? `nonce="${NONCE}"` : '';
        way = {
          scripts: policy(),
          head: `<script type="importmap" ${nonce}>${mapOf()}</script><script type="module" ${nonce}>${script()}</script>`,
        };
        const page = await site.open(pages);
        await page.waitForFunction(() => document.title === 'busy');
        await isRegistered(page);
        assert.deepEqual(printed(), []);
        await page.close();
        isSpoiled = (name) => /^(index|client-)/.test(name);
        const other = await site.open(pages);
        await until(() =>
          site.complaints.slice(told).some((text) => /was not loaded: it does not have/.test(text)),
        );
        assert.deepEqual([await hasRun(other), await other.title()], [false, 'Phone']);
        printed();
        await other.close();
      });
  });

  for (const [name, head, attributes, expected] of [
    ['no worker, whose code nothing checks, if the page has asked for checks', '', ATTRIBUTE, ''],
    [
      'the worker beside it if the page has asked for checks of other files alone',
      '<script type="importmap">{"integrity": {"/other.js": "sha384-0"}}</script>',
      '',
      '/loader/sip-shared-worker.js',
    ],
  ] as const)
    it(`starts ${name}`, async () => {
      const page = await site.open('/fswebrtc');
      const worker = await page.evaluate(
        async (head, attributes) => {
          const loader = `<script type="module" src="/loader/sip-elements-loader.js" ${attributes}></script>`;
          document.head.append(document.createRange().createContextualFragment(head + loader));
          document.body.innerHTML = `<sip-client server="/fswebrtc" user="1004"></sip-client>`;
          await customElements.whenDefined('sip-client');
          return document.querySelector('sip-client')!.client!.options.sharedWorker;
        },
        head,
        attributes,
      );
      assert.equal(worker, expected && new URL(expected, site.server.url).href);
      await page.close();
    });
});
