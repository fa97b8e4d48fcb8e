import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openSite, type Site} from '../../support/page/site.js';

const built = (file: string): string =>
  readFileSync(new URL(`../../../dist/${file}`, import.meta.url), 'utf8');

const hashOf = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

describe('<sip-client config>', () => {
  let site: Site;
  let pages: Server;
  let others: Server;
  /** By their path; a number is a status. */
  let files: Record<string, string | number>;
  /** Settles before the file is sent. */
  let gate: Promise<void> | undefined;
  const asked: string[] = [];

  /** Serves the page and its scripts, and the files of the test with CORS. */
  async function serve(): Promise<Server> {
    const answer = async (url: string, response: ServerResponse): Promise<void> => {
      asked.push(url);
      if (url.endsWith('.json')) await gate;
      const file = url.endsWith('.js') ? built(url.slice(1)) : (files[url] ?? 404);
      const isText = typeof file === 'string';
      response.writeHead(isText ? 200 : file, {
        'Content-Type': url.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
        'Access-Control-Allow-Origin': '*',
        ...(file === 302 && {Location: `${addressOf(others)}phone.json`}),
        ...(file === 307 && {Location: '/uploads/7.json'}),
      });
      response.end(isText ? file : '');
    };
    const server = createServer(({url = ''}, response) => void answer(url, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sip = (): string => new URL('/fswebrtc', site.server.url).href.replace(/^http/, 'ws');

  before(async () => {
    site = await openSite();
    [pages, others] = [await serve(), await serve()];
  });
  after(async () => {
    pages.close();
    others.close();
    await site.close();
  });
  afterEach(() => {
    gate = undefined;
    asked.length = 0;
    site.complaints.length = 0;
  });

  /** Opens a page whose `<sip-client>` has these attributes. */
  async function open(attributes: string, config: unknown): Promise<Page> {
    files = {
      '/': `<!doctype html><html lang="en"><title>Phone</title><link rel="icon" href="data:,">
        <script type="module" src="sip-elements.js"></script>
        <sip-client ${attributes}><sip-status></sip-status></sip-client>
        <script>
          const element = document.querySelector('sip-client');
          element.options = {credentials: () => ({password: '1234'})};
          element.addEventListener('sip-error', ({detail}) => (window.failed = detail.error));
        </script>`,
      '/phone.json':
        typeof config === 'string' || typeof config === 'number' ? config : JSON.stringify(config),
    };
    return site.open(addressOf(pages));
  }

  const registers = (page: Page): Promise<unknown> =>
    page.waitForFunction(
      () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
    );

  /** The error that the page reports. */
  async function failureOf(page: Page): Promise<{code: string; message: string}> {
    await page.waitForFunction(() => (window as any).failed);
    return page.evaluate(() => {
      const {code, message} = (window as any).failed;
      return {code, message};
    });
  }

  it('registers with the options of the file, which the attributes of the element win over', async () => {
    const config = {
      $schema: 'https://unpkg.com/sip-elements/config.schema.json',
      server: sip(),
      user: '1003',
      displayName: 'By the file',
      maxCalls: 2,
      callTones: false,
      duck: 0,
      expires: 90,
      forceRelay: true,
    };
    const page = await open('config="/phone.json" display-name="By the page" autoconnect', config);
    await registers(page);
    const options = await page.evaluate(() => {
      const {user, displayName, maxCalls, callTones, duck, expires, forceRelay} =
        document.querySelector('sip-client')!.client!.options;
      return {user, displayName, maxCalls, callTones, duck, expires, forceRelay};
    });
    const {$schema: _, server: __, ...rest} = config;
    assert.deepEqual(options, {...rest, displayName: 'By the page'});
    assert.deepEqual(site.complaints, []);
    await page.close();
  });

  it('waits for the file with the state “loading”, and makes no client of half the options', async () => {
    let send!: () => void;
    gate = new Promise((resolve) => (send = resolve));
    const page = await open(`config="/phone.json" server="${sip()}" user="1004" autoconnect`, {maxCalls: 3});
    await page.waitForFunction(() => document.querySelector('sip-client')?.matches(':state(loading)'));
    assert.equal(await page.evaluate(() => document.querySelector('sip-client')!.client), undefined);
    send();
    await registers(page);
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.client!.options.maxCalls),
      3,
    );
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.matches(':state(loading)')),
      false,
    );
    await page.close();
  });

  for (const [what, config, message] of [
    ['a wrong type', {user: 1003}, 'config “/phone.json”, user cannot be used. Write: "…"'],
    [
      'a value that is none of those possible',
      {profile: 'pbx'},
      'config “/phone.json”, profile cannot be used. Write: "dispatch", "standard"',
    ],
    [
      'a list where a time is expected',
      {timeouts: {reply: []}},
      'config “/phone.json”, timeouts cannot be used. Write: {"reply": 10000}',
    ],
    [
      'no JSON',
      '{"user": ',
      'config “/phone.json” cannot be used. Write: {"server": "wss://…", "user": "1001"}',
    ],
    [
      'a password',
      {password: 'hush'},
      'config “/phone.json”, password cannot be used. Write: options = {credentials: async () => …}',
    ],
    ['a list', [], 'config “/phone.json” cannot be used. Write: {"server": "wss://…", "user": "1001"}'],
    ['no file', 404, 'The page’s config failed: config “/phone.json”: 404.'],
    ['a redirect to another site', 302, 'The page’s config failed: config “/phone.json”: Failed to fetch.'],
  ] as const)
    it(`reports ${what} by name, to the page and to the user`, async () => {
      const page = await open('config="/phone.json" autoconnect', config);
      assert.deepEqual(await failureOf(page), {code: 'config-failed', message});
      assert.equal(await page.evaluate(() => document.querySelector('sip-client')!.client), undefined);
      const rejected = page.evaluate(async () =>
        document
          .querySelector('sip-client')!
          .connect()
          .then(
            () => 'connected',
            (error: {code: string}) => error.code,
          ),
      );
      assert.equal(await rejected, 'config-failed');
      await page.close();
    });

  it('connects once the file is there, when the page tries again', async () => {
    const page = await open('config="/phone.json"', 503);
    await failureOf(page);
    files['/phone.json'] = JSON.stringify({server: sip(), user: '1005'});
    await page.evaluate(async () => {
      const element = document.querySelector('sip-client')!;
      await element.connect();
      await element.register();
    });
    await registers(page);
    await page.close();
  });

  it('warns of fields that it does not know', async () => {
    const config = {server: sip(), user: '1006', maxCall: 3};
    const page = await open('config="/phone.json" autoconnect', config);
    await registers(page);
    assert.deepEqual(
      site.complaints.map((text) => text.slice(text.indexOf('SIP Elements'))),
      ['SIP Elements: the option “maxCall” is unknown. The nearest one is “maxCalls”.'],
    );
    await page.close();
  });

  it('takes a file of another site with its hash alone', async () => {
    const text = JSON.stringify({server: sip(), user: '1007'});
    const elsewhere = `${addressOf(others)}phone.json`;
    const page = await open(`config="${elsewhere}" config-integrity="${hashOf(text)}" autoconnect`, text);
    await registers(page);
    await page.close();
    const without = await open(`config="${elsewhere}" autoconnect`, text);
    const {message} = await failureOf(without);
    assert.equal(
      message,
      `config “${elsewhere}” cannot be used. Write: config="${elsewhere}" config-integrity="sha384-…"`,
    );
    await without.close();
    const changed = await open(
      `config="${elsewhere}" config-integrity="${hashOf(`${text} `)}" autoconnect`,
      text,
    );
    assert.match((await failureOf(changed)).message, /^The page’s config failed/);
    await changed.close();
  });

  it('loads nothing for a page without one', async () => {
    const page = await open(`server="${sip()}" user="1008" autoconnect`, {});
    await registers(page);
    assert.ok(!asked.some((url) => url.includes('sign-in') || url.includes('.json')));
    await page.close();
  });

  describe('that a link names', () => {
    /** What was asked with a token, and the token. */
    const sent: string[] = [];
    const attributes = 'config="/desks/#config" autoconnect';

    /** Opens a page with this fragment, which has a file for a desk. */
    async function follow(fragment: string, page?: Page): Promise<Page> {
      const opened = page ?? (await open(attributes, ''));
      sent.length = 0;
      await opened.goto('about:blank');
      opened.on('request', (request) => {
        const {pathname} = new URL(request.url());
        if (pathname.endsWith('.json')) sent.push(`${pathname} ${request.headers()['authorization'] ?? ''}`);
      });
      files['/desks/7.json'] = JSON.stringify({server: sip(), user: '1007', profile: 'standard'});
      files['/desks/8.json'] = JSON.stringify({server: sip(), user: '1008'});
      files['/desks/away.json'] = 307;
      files['/uploads/7.json'] = JSON.stringify({server: 'wss://evil.test', user: '1007'});
      await opened.goto(addressOf(pages) + fragment);
      return opened;
    }
    const userOf = (page: Page): Promise<unknown> =>
      page.evaluate(() => document.querySelector('sip-client')!.client!.options.user);

    it('registers its desk; the token is sent once, for the file alone, and leaves the address of the page', async () => {
      const page = await follow('#config=/desks/7.json&token=once.only');
      await registers(page);
      assert.equal(await userOf(page), '1007');
      assert.deepEqual(sent, ['/desks/7.json Bearer once.only']);
      assert.equal(await page.evaluate(() => location.hash), '#config=/desks/7.json');
      assert.equal(
        await page.evaluate(() => document.documentElement.outerHTML.includes('once.only')),
        false,
      );
      await page.reload();
      await registers(page);
      assert.deepEqual(sent, ['/desks/7.json Bearer once.only', '/desks/7.json ']);
      await page.close();
    });

    it('is no other one while the phone runs', async () => {
      const page = await follow('#config=7.json');
      await registers(page);
      await page.evaluate(async () => {
        const changed = new Promise((resolve) => addEventListener('hashchange', resolve, {once: true}));
        location.hash = '#config=/desks/8.json&token=evil';
        await changed;
      });
      await page.waitForFunction(() => location.hash === '#config=7.json');
      assert.equal(await userOf(page), '1007');
      assert.deepEqual(sent, ['/desks/7.json ']);
      await page.close();
    });

    for (const address of [
      'https://evil.test/desks/7.json',
      '//evil.test/desks/7.json',
      '/uploads/7.json',
      '/desks/../uploads/7.json',
      '/desks/%252e%252e/uploads/7.json',
      '/desks/..;/uploads/7.json',
      '/desks/..%253b/uploads/7.json',
      'javascript:alert(1)',
    ])
      it(`is refused outside of the folder: ${address}`, async () => {
        const page = await follow(`#config=${address}&token=secret`);
        const {code, message} = await failureOf(page);
        assert.equal(code, 'config-failed');
        assert.match(message, /Write: #config=\/desks\/….json/);
        assert.deepEqual(sent, []);
        assert.equal(await page.evaluate(() => location.hash.includes('secret')), false);
        await page.close();
      });

    it('is refused if the server redirects it, perhaps to somewhere outside of the folder', async () => {
      const page = await follow('#config=/desks/away.json');
      assert.deepEqual(await failureOf(page), {
        code: 'config-failed',
        message: 'The page’s config failed: config “/desks/away.json”: Failed to fetch.',
      });
      assert.deepEqual(sent, ['/desks/away.json ']);
      assert.equal(await page.evaluate(() => document.querySelector('sip-client')!.client), undefined);
      await page.close();
    });
  });
});
