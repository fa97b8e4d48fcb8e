import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import type {Page} from 'puppeteer-core';
import {AuthorSite} from '../../support/author/author-site.js';
import {adapted, examplesOf} from '../../support/author/examples.js';
import {calls, dials, ECHO, hangsUp, isRegistered, isTalking, phone} from '../../support/author/phone.js';
import {shown} from '../../support/page/parts.js';

/** Runs a function of an example for Node. */
async function inNode(code: string, call: string): Promise<any> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-elements-node-'));
  try {
    const file = join(folder, 'example.mjs');
    await writeFile(file, `${code}\nexport const made = ${call};`);
    return (await import(pathToFileURL(file).href)).made;
  } finally {
    await rm(folder, {recursive: true});
  }
}

/** Whether a password is the one that coturn and Kamailio compute for a user of an hour. */
function isOfAnHour(user: string, password: string): boolean {
  const seconds = Number(user.split(':')[0]) - Date.now() / 1000;
  return (
    seconds > 3500 &&
    seconds < 3700 &&
    password === createHmac('sha1', 'SECRET').update(user).digest('base64')
  );
}

describe('examples for the sign-in, servers and people do what their pages say', () => {
  let author: AuthorSite;
  before(async () => void (author = await AuthorSite.open()));
  after(() => author.close());
  beforeEach(() => {
    author.logs.length = 0;
  });

  /** Sets the options of an example before the page connects. */
  const beforeConnecting = (code: string): string =>
    `const client = document.querySelector('sip-client');\n${code}\ndocument.querySelector('sip-client').autoconnect = true;`;

  /** Another phone, which rings. */
  async function other(user: string): Promise<Page> {
    const page = await author.page({html: phone(user)});
    await isRegistered(page);
    return page;
  }

  const rings = (page: Page): Promise<unknown> =>
    page.waitForFunction(() => document.querySelector('sip-client')!.calls.length > 0);

  it('tokens: a page signs in by one, and a server makes a short-lived user', async () => {
    const [script = '', server = ''] = examplesOf('guide/tokens', 2);
    const asked: string[] = [];
    author.routes.set('/sip-token', (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end(JSON.stringify({token: author.site.server.issueToken('1003', 600)}));
    });
    const page = await author.page({
      html: phone('1003', '', '').replace(' password="1234"', ''),
      script: `${script}\nclient.autoconnect = true;`,
    });
    await isRegistered(page);
    assert.ok(asked.includes('POST /sip-token?for=sip'), asked.join());
    await page.close();
    const {user, password} = await inNode(server, `credentialsFor('1003')`);
    assert.match(user, /^\d+:1003$/);
    assert.ok(isOfAnHour(user, password));
  });

  it('TURN: the page asks for servers before each call, and a server makes their passwords', async () => {
    const [script = '', server = ''] = examplesOf('guide/turn', 2);
    const list = await inNode(server, `turnFor('1003')`);
    assert.ok(isOfAnHour(list[0].username, list[0].credential));
    let asked = 0;
    author.routes.set('/turn', (_, response) => {
      asked += 1;
      response.end(JSON.stringify([{...list[0], urls: 'turn:127.0.0.1:9'}]));
    });
    const page = await author.page({
      html: phone('1003', '', ''),
      script: beforeConnecting(script),
      prepare: async (page) => {
        await page.evaluateOnNewDocument(() => {
          window.RTCPeerConnection = class extends RTCPeerConnection {
            constructor(given?: RTCConfiguration) {
              super(given);
              (window as any).connection = this;
            }
          };
        });
      },
    });
    await isRegistered(page);
    for (const count of [1, 2]) {
      await calls(page, ECHO);
      assert.ok(asked >= count);
      await hangsUp(page);
    }
    const [used] = await page.evaluate(() => (window as any).connection.getConfiguration().iceServers);
    assert.equal(used.username, list[0].username);
    await page.close();
  });

  it('the client: a page and its script, and a client without an element', async () => {
    const [html = '', script = '', alone = ''] = examplesOf('client', 8);
    const callee = await other('1001');
    const page = await author.page({html: html.replace(/<!doctype[^]*?<sip-client/, '<sip-client'), script});
    await isRegistered(page);
    await page.evaluate(() => document.querySelector('button')!.click());
    await rings(callee);
    await author.logged(/^\S+ 1001$/);
    await callee.evaluate(() => document.querySelector('sip-client')!.calls[0]!.decline());
    await author.logged(/^(busy|call-refused|declined)/);
    await page.close();
    author.logs.length = 0;
    const bundled = await author.page({
      html: '',
      bundled: true,
      script: adapted(alone, {"'…'": "'1234'"}).replace('const call =', 'window.call ='),
    });
    await rings(callee);
    assert.equal(
      await callee.evaluate(() => document.querySelector('sip-client')!.calls[0]!.remote.number),
      '1003',
    );
    await bundled.close();
    await callee.close();
  });

  it('the client: a configuration file, and a link for a desk', async () => {
    const [, , , html = '', file = '', desk = '', code = '', script = ''] = examplesOf('client', 8);
    author.routes.set('/phone.json', (_, response) => {
      response.end(adapted(file).replace('"/fswebrtc"', `"${author.url.replace('http', 'ws')}fswebrtc"`));
    });
    const credentials = `document.querySelector('sip-client').options = {credentials: () => ({password: '1234'})};`;
    const page = await author.page({html, script: credentials});
    await isRegistered(page);
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.client!.options.maxCalls),
      2,
    );
    await page.close();

    const tokens: (string | undefined)[] = [];
    author.routes.set('/desks/7.json', (request, response) => {
      tokens.push(request.headers.authorization);
      response.end(JSON.stringify({server: `${author.url.replace('http', 'ws')}fswebrtc`, user: '1007'}));
    });
    const admin = await author.page({html: code});
    author.routes.set('/desk-token', (request, response) => response.end(`once-${request.method}`));
    await author.run(admin, script);
    await shown(admin, 'sip-desk-link >>> [part=code]');
    await admin.close();
    const opened = await author.page({
      html: desk,
      script: credentials,
      hash: '#config=/desks/7.json&token=once-POST',
    });
    await isRegistered(opened);
    assert.deepEqual(tokens, ['Bearer once-POST']);
    assert.equal(
      await opened.evaluate(() => document.querySelector('sip-client')!.client!.options.user),
      '1007',
    );
    await opened.close();
  });

  it('a PBX: the first page, the log, lamps and auto-answer', async () => {
    const [html = '', log = '', lamps = '', answers = ''] = examplesOf('pbx', 5);
    const page = await author.page({
      html: adapted(html, {'"alice"': '"1003"', 'domain="example.com"': 'domain="localhost"'}).replace(
        /<!doctype[^]*?<main/,
        '<main',
      ),
      script: /<script type="module">([^]*)<\/script>/.exec(log)![1]!,
    });
    await isRegistered(page);
    await author.logged(/REGISTER sip:/);
    author.logs.length = 0;
    await author.run(page, lamps, {client: `document.querySelector('sip-client')`});
    const lit = await other('1002');
    await page.waitForFunction(() =>
      (window as any).made.watch.state.people.some(
        (each: any) => each.number === '1002' && each.state === 'online',
      ),
    );
    await calls(lit, ECHO);
    await page.waitForFunction(() =>
      (window as any).made.watch.state.people.some(
        (each: any) => each.number === '1002' && each.state === 'busy',
      ),
    );
    await hangsUp(lit);
    await page.evaluate(() => document.querySelector('sip-client')!.setAttribute('auto-answer', ''));
    await author.run(page, answers);
    await isRegistered(page);
    await page.close();
    await lit.close();
  });

  it('a PBX: feature codes park, retrieve and pick up', async () => {
    const script = examplesOf('pbx', 5)[4]!;
    const [options = '', rest = ''] = script.split(/^(?=await client\.connect)/m);
    // The codes of the development server.
    const codes = {"park: '700'": "park: '70'", '*8{number}': '**{number}'};
    const page = await author.page({
      html: phone('1003', '', 'profile="standard"'),
      script: beforeConnecting(adapted(options, codes)),
    });
    await isRegistered(page);
    const [second, third] = [await other('1002'), await other('1004')];
    await dials(second, '1003');
    await rings(page);
    await page.evaluate(() => document.querySelector('sip-client')!.calls[0]!.answer());
    await isTalking(page);
    const [park = '', pick = ''] = adapted(rest, {"'701'": "'71'"}).split(/^(?=const picked)/m);
    await author.run(page, park);
    await isTalking(page);
    await isTalking(second);
    await hangsUp(page);
    await dials(third, '1002');
    await rings(second);
    await author.run(page, pick);
    await isTalking(third);
    for (const each of [page, second, third]) await each.close();
  });

  it('push: a page that asks for it, and its button', async () => {
    const [html = '', script = ''] = examplesOf('push', 2);
    const context = author.site.browser.defaultBrowserContext();
    await context.setPermission(new URL(author.url).origin, {
      permission: {name: 'notifications'},
      state: 'prompt',
    });
    const page = await author.page({html: `${adapted(html, {'"alice"': '"1003"'})}<button>Wake</button>`});
    await isRegistered(page);
    await shown(page, 'sip-incoming >>> [part=notify]');
    await author.run(page, script);
    await page.waitForFunction(() => (window as any).made.push.state.status === 'asking');
    await page.evaluate(() => document.querySelector('sip-client')!.disconnect());
    await author.logged(/^off none$/);
    await page.close();
  });

  it('encryption: what is required ends at a server that has the media, and what is preferred is plain', async () => {
    const [html = '', ofOne = '', code = '', key = ''] = examplesOf('encryption', 4);
    const page = await author.page({
      html: adapted(html, {'user="1001"': 'user="1001" password="1234" autoconnect'}),
    });
    await isRegistered(page);
    await calls(page, ECHO);
    await page.waitForFunction(
      () => document.querySelector('sip-client')!.calls[0]!.state.encryption?.phase === 'none',
    );
    await shown(page, 'sip-call >>> [part~=encryption]');
    await hangsUp(page);
    await assert.rejects(author.run(page, adapted(ofOne, {"'1002'": `'${ECHO}'`})), /cannot be encrypted/);
    await page.close();

    // This server has the media of every call, so that no key is asked for: interop/encryption has pages that are encrypted.
    const withKey = await author.page({
      html: phone('1001', '<sip-call></sip-call>', 'profile="standard"'),
      script: beforeConnecting(key),
    });
    await isRegistered(withKey);
    await author.run(withKey, code);
    await assert.rejects(calls(withKey, ECHO), /cannot be encrypted/);
    await withKey.close();
  });

  it('people: names of a CRM, and orders beside the caller', async () => {
    const [names = '', pop = ''] = examplesOf('people', 2);
    author.routes.set('/crm/people', (request, response) =>
      response.end(
        JSON.stringify({name: `Customer ${new URL(request.url!, author.url).searchParams.get('number')}`}),
      ),
    );
    author.routes.set('/crm/orders', (_, response) => response.end('<b>3 orders</b>'));
    const page = await author.page({html: phone('1003', '<sip-incoming></sip-incoming>'), script: names});
    await isRegistered(page);
    await author.run(page, pop);
    const caller = await other('1004');
    await dials(caller, '1003');
    const name = await shown(page, 'sip-incoming >>> .name');
    await page.waitForFunction((name) => name.textContent!.trim() === 'Customer 1004', {}, name);
    await page.waitForFunction(
      () => document.querySelector('sip-incoming > p')?.textContent === '<b>3 orders</b>',
    );
    await hangsUp(caller);
    await page.waitForFunction(() => !document.querySelector('sip-incoming > p'));
    for (const each of [page, caller]) await each.close();
  });
});
