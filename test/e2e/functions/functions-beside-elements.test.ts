import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {functionsPage, plays, type FunctionsPage, type Told} from '../../support/page/functions-page.js';
import {nothingArrives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {isPlayedBy, watchPlayers} from '../../support/page/players.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const AUDIO = 1;
const VIDEO = 2;
const ELEMENTS =
  '<sip-incoming></sip-incoming><sip-call></sip-call><sip-conference></sip-conference><sip-dialer number="1002"></sip-dialer>';

/** What a page with one bundle imports. */
const BUNDLE = `
  import * as Client from './dist/functions.js';
  import './dist/define.js';
  Object.assign(globalThis, {Client, AllEnum: Client.AllEnum});`;

/** How a page loads the functions and the elements: each once, in any order. */
const PROFILES = {
  'two scripts': {
    functions: (page: Page) => page.addScriptTag({url: '/functions.global.js'}),
    elements: (page: Page) => page.evaluate(() => import('/sip-elements.js' as string).then(() => {})),
  },
  'one bundle': {
    functions: (page: Page) => page.evaluate(() => import('/both.js' as string).then(() => {})),
    elements: async () => {},
  },
} as const;

/** The callbacks about the connection, in the order of a page that connects and registers. */
const CONNECTED: readonly Told[] = [
  ['onServerConnect'],
  ['onServerConnectState', true],
  ['onRegisteredState', true],
];

/** How many buttons answer with sound, in all elements of a page. */
const answerButtons = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const count = (root: ParentNode): number =>
      root.querySelectorAll('button[part~=answer-audio]').length +
      [...root.querySelectorAll('*')].reduce(
        (sum, {shadowRoot}) => sum + (shadowRoot ? count(shadowRoot) : 0),
        0,
      );
    return count(document);
  });

const put = (page: Page, inside: string): Promise<void> =>
  page.evaluate((inside) => document.body.insertAdjacentHTML('beforeend', inside), inside);

for (const [title, profile] of Object.entries(PROFILES))
  describe(`the documented functions beside the elements, loaded as ${title}`, () => {
    let folder: string;
    let site: Site;
    let alice: FunctionsPage;
    let bob: FunctionsPage;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sip-both-'));
      await build({
        stdin: {contents: BUNDLE, resolveDir: ROOT},
        bundle: true,
        format: 'esm',
        outfile: join(folder, 'both.js'),
        logLevel: 'warning',
      });
      site = await openSite({pages: folder});
      alice = await functionsPage(site, '1001', {load: profile.functions, prepare: watchPlayers});
      await profile.elements(alice.page);
      await put(alice.page, `<sip-client functions>${ELEMENTS}</sip-client>`);
      bob = await functionsPage(site, '1002');
      for (const {page} of [alice, bob]) await page.evaluate(() => ((window as any).told.length = 0));
    });
    after(async () => {
      await site.close();
      await rm(folder, {recursive: true});
    });

    const sidOf = async (phone: FunctionsPage, name: string): Promise<string> =>
      String((await phone.told(name))[1]);
    /** Bob calls Alice. */
    const bobCalls = async (media = AUDIO): Promise<string> => {
      await bob.run('MakeCall', '1001', media, null, null, '#remoteaudio', false);
      return sidOf(alice, 'onCallReceived');
    };
    const answered = async (sid: string): Promise<void> => {
      for (const phone of [alice, bob]) assert.equal(await sidOf(phone, 'onCallAnswered'), sid);
    };
    /** Waits for the end of a call on both pages, and leaves nothing of it. */
    const ended = async (sid: string): Promise<void> => {
      for (const phone of [alice, bob]) {
        assert.equal(await sidOf(phone, 'onCallHangup'), sid);
        await released(phone.page);
        assert.deepEqual(await phone.errors(), []);
        await phone.page.evaluate(() => ((window as any).told.length = 0));
      }
    };

    it('have one registration', async () => {
      await shown(alice.page, 'sip-dialer >>> [part~=call]:not([aria-disabled])');
      assert.equal(site.server.stats()['bindings'], 2);
    });

    it('show a call that a function made, whose callbacks report what its elements do', async () => {
      await alice.run('MakeCall', '1002', AUDIO, null, null, null, false);
      const sid = await sidOf(bob, 'onCallReceived');
      await bob.run('Answer', sid, null, null, '#remoteaudio');
      await answered(sid);
      await isPlayedBy(alice.page, 'sip-call');
      await plays(bob.page, undefined, '#remoteaudio');
      await press(alice.page, 'sip-call >>> [part~=hold]');
      assert.deepEqual(await alice.told('onCallHold'), ['onCallHold', sid, true]);
      await nothingArrives(bob.page);
      await alice.run('UnHold', sid);
      assert.deepEqual(await alice.told('onCallHold'), ['onCallHold', sid, false]);
      await plays(bob.page, undefined, '#remoteaudio');
      await press(alice.page, 'sip-call >>> [part~=hangup]');
      await ended(sid);
    });

    it('show one set of buttons that answer a call, and report the answer of an element', async () => {
      const sid = await bobCalls();
      await shown(alice.page, 'sip-incoming >>> [part~=answer-audio]');
      await shown(alice.page, 'sip-call:state(incoming) >>> [part=middle]');
      // The code of the claim is loaded when a call first rings.
      while ((await answerButtons(alice.page)) !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
      await press(alice.page, 'sip-incoming >>> [part~=answer-audio]');
      await answered(sid);
      await isPlayedBy(alice.page, 'sip-call');
      await alice.run('Hold', sid);
      await shown(alice.page, 'sip-call >>> [part~=hold].on');
      await alice.run('Hangup', sid);
      await ended(sid);
    });

    it('report a call that an element dials, at both ends', async () => {
      await press(alice.page, 'sip-dialer >>> [part~=call]:not([aria-disabled])');
      const [, sid, json] = await alice.told('onCallCreated');
      assert.equal(await sidOf(bob, 'onCallReceived'), sid);
      const {othernum, direction, autoanswer} = JSON.parse(json as string);
      assert.deepEqual([othernum, direction, autoanswer], ['1002', 1, true]);
      await bob.run('Answer', sid, null, null, '#remoteaudio');
      await answered(String(sid));
      assert.deepEqual(
        (await alice.all()).filter(([name]) => name === 'onCallCreated' || name === 'onCallReceived'),
        [],
      );
      await alice.run('Hangup', sid);
      await ended(String(sid));
    });

    it('play a call in the page’s own element alone, whoever answers', async () => {
      for (const element of [false, true]) {
        const sid = await bobCalls(VIDEO);
        if (element) {
          await press(alice.page, 'sip-incoming >>> [part~=answer-video]');
          await answered(sid);
          await isPlayedBy(alice.page, 'sip-call');
          await alice.run('Answer', sid, null, null, '#remoteaudio').catch(() => {});
        } else {
          await alice.run('Answer', sid, '#localvideo', '#remotevideo', '#remoteaudio');
          await answered(sid);
          await plays(alice.page, '#remotevideo', '#remoteaudio');
        }
        await isPlayedBy(alice.page, 'remoteaudio');
        await shown(alice.page, 'sip-call >>> .remote.playing');
        await bob.run('Hangup', sid);
        await ended(sid);
      }
    });

    it('play a call that a function made with an <audio> in that element alone', async () => {
      await alice.run('MakeCall', '1002', AUDIO, null, null, '#remoteaudio', false);
      const sid = await sidOf(bob, 'onCallReceived');
      await bob.run('Answer', sid, null, null, '#remoteaudio');
      await answered(sid);
      await isPlayedBy(alice.page, 'remoteaudio');
      await shown(alice.page, 'sip-call:state(active)');
      await alice.run('Hangup', sid);
      await ended(sid);
    });

    it('show a conference that a function creates', async () => {
      await alice.run('CreateConf', '1002', '', '晨会', AUDIO, null, null, null, false);
      const sid = await sidOf(bob, 'onCallReceived');
      await bob.run('Answer', sid, null, null, '#remoteaudio');
      await isPlayedBy(alice.page, 'sip-conference');
      assert.equal(await alice.page.$eval('sip-conference', (element) => element.conference?.id), sid);
      await alice.run('FoceEndConf', sid);
      await ended(sid);
    });

    it('have another client after a second init', async () => {
      const {hostname, port} = new URL(site.server.url);
      await alice.page.evaluate(
        async (hostname, port) => {
          const {Client, delegate} = window as any;
          Client.init(hostname, port, '1003', '1234');
          await Client.connect(delegate);
          await Client.Register();
        },
        hostname,
        port,
      );
      await alice.page.waitForFunction(() => {
        const {client, state} = document.querySelector('sip-client')!;
        return client!.options.user === '1003' && state.registration === 'registered';
      });
      assert.equal(site.server.stats()['bindings'], 2);
      await bob.run('MakeCall', '1003', AUDIO, null, null, null, false);
      const sid = await sidOf(alice, 'onCallReceived');
      await press(alice.page, 'sip-incoming >>> [part~=decline]');
      for (const phone of [alice, bob]) assert.equal(await sidOf(phone, 'onCallHangup'), sid);
    });

    it('use the client of a <sip-client> that is defined later, and leave it registered', async () => {
      const carol = await functionsPage(site, undefined, {load: profile.functions, prepare: watchPlayers});
      const server = new URL('fswebrtc', site.server.url).href.replace(/^http/, 'ws');
      const before = site.server.stats()['bindings']!;
      await put(
        carol.page,
        `<sip-client id="c" server="${server}" user="1004" password="1234" autoconnect>${ELEMENTS}</sip-client>`,
      );
      await carol.page.evaluate(() => {
        const {Client, delegate} = window as any;
        Client.useClient(document.querySelector('sip-client'));
        (window as any).connecting = Client.connect(delegate).then(() => Client.Register(60));
      });
      await profile.elements(carol.page);
      await carol.page.evaluate(() => (window as any).connecting);
      await carol.told('onRegisteredState');
      assert.equal(site.server.stats()['bindings'], before + 1);
      await bob.run('MakeCall', '1004', AUDIO, null, null, '#remoteaudio', false);
      const sid = await sidOf(carol, 'onCallReceived');
      await press(carol.page, 'sip-incoming >>> [part~=answer-audio]');
      for (const phone of [carol, bob]) assert.equal(await sidOf(phone, 'onCallAnswered'), sid);
      await carol.page.evaluate(() => ((window as any).told.length = 0));
      await carol.run('disconnect');
      const last = (await carol.all()).filter(([name]) => name !== 'onSessionStateChange');
      assert.deepEqual(
        last.map(([name, value]) => [name, value ?? null]),
        [
          ['onRegisteredState', false],
          ['onServerDisconnect', null],
          ['onServerConnectState', false],
        ],
      );
      assert.equal(site.server.stats()['bindings'], before + 1);
      await plays(bob.page, undefined, '#remoteaudio');
      // A page that connects again gets what is there.
      await carol.page.evaluate(() => ((window as any).told.length = 0));
      await carol.run('connect');
      const now = await carol.all();
      assert.deepEqual(
        now.map(([name, value]) => (value === undefined ? [name] : [name, value])),
        [...CONNECTED, ['onCallCreated', sid], ['onCallAnswered', sid]],
      );
      await carol.run('Hangup', sid);
      assert.equal(await sidOf(bob, 'onCallHangup'), sid);
      await carol.page.close();
    });

    it('make the pages complain of nothing', () => {
      assert.deepEqual(site.complaints, []);
    });
  });

describe('the page with the documented functions beside elements', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('has one registration, and its log and its elements show the same calls', async () => {
    const alice = await site.open('/functions/desk.html?lang=en&user=1001');
    const bob = await functionsPage(site, '1002');
    await alice.click('#account .go');
    const logs = (text: string): Promise<unknown> =>
      alice.waitForFunction((text) => document.querySelector('#log')!.textContent.includes(text), {}, text);
    await logs('onRegisteredState true');
    assert.equal(site.server.stats()['bindings'], 2);
    await alice.click('#make');
    const sid = String((await bob.told('onCallReceived'))[1]);
    await bob.run('Answer', sid, null, null, '#remoteaudio');
    await logs(`onCallAnswered ${sid}`);
    await press(alice, 'sip-call >>> [part~=hold]');
    await logs(`onCallHold ${sid} true`);
    await alice.click('#unhold');
    await logs(`onCallHold ${sid} false`);
    await press(alice, 'sip-call >>> [part~=hangup]');
    await bob.told('onCallHangup');
    await press(alice, 'sip-dialer >>> [part~=call]:not([aria-disabled])');
    await bob.told('onCallReceived');
    await alice.waitForFunction(() => document.querySelector<HTMLSelectElement>('#sid')!.value !== '');
    await alice.click('#hangup');
    await bob.told('onCallHangup');
    assert.deepEqual(site.complaints, []);
  });
});
