import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {HTTPRequest, Page} from 'puppeteer-core';
import {DownloadFolder} from '../../support/page/download-folder.js';
import {functionsPage, plays, type FunctionsPage} from '../../support/page/functions-page.js';
import {onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

/** How a page loads the functions: by any address of its own. */
const WAYS = {
  'the classic script': (page: Page) => page.addScriptTag({url: '/functions.global.js?v=2'}),
  'the module': (page: Page) =>
    page.evaluate(async (address) => {
      const Client = await import(address);
      Object.assign(globalThis, {Client, AllEnum: Client.AllEnum});
    }, '/functions.js?v=2'),
};

/** Waits until the picture of the other side has played on for some seconds. */
const recordsFor = (page: Page, seconds: number): Promise<unknown> =>
  page.$eval(
    '#remotevideo',
    (video, seconds) => {
      const {currentTime} = video as HTMLVideoElement;
      return new Promise<void>((resolve) => {
        video.addEventListener('timeupdate', () => {
          if ((video as HTMLVideoElement).currentTime >= currentTime + seconds) resolve();
        });
      });
    },
    seconds,
  );

describe('the files beside the documented functions', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  for (const [name, load] of Object.entries(WAYS))
    it(`are loaded when a page of ${name} needs them, and what it calls waits for them`, async () => {
      const requested: string[] = [];
      /** The requests that the server does not answer yet. */
      const held: HTTPRequest[] = [];
      let holds = false;
      const prepare = async (page: Page): Promise<void> => {
        await page.setRequestInterception(true);
        page.on('request', (request) => {
          const [, file] = /\/((?:functions|sip-elements)[\w.-]*\.js)/.exec(request.url()) ?? [];
          if (file) requested.push(file);
          if (file && holds) held.push(request);
          else if (request.isInterceptResolutionHandled()) return;
          else request.continue().catch(() => {});
        });
      };
      const answer = async (): Promise<void> => {
        holds = false;
        for (const request of held.splice(0)) await request.continue();
      };
      const alice: FunctionsPage = await functionsPage(site, '1001', {prepare, load});
      const bob = await functionsPage(site, '1002');
      await alice.run('MakeCall', '1002', 2, '#localvideo', '#remotevideo', '#remoteaudio', false);
      const theirs = String((await bob.told('onCallReceived'))[1]);
      await bob.run('Answer', theirs, '#localvideo', '#remotevideo', '#remoteaudio');
      const sid = String((await alice.told('onCallAnswered'))[1]);
      await plays(alice.page, '#remotevideo', '#remoteaudio');
      assert.deepEqual(requested.splice(0), [name === 'the module' ? 'functions.js' : 'functions.global.js']);

      // The recording begins as soon as the code for it has arrived, and what ends it waits as well.
      const downloads = await DownloadFolder.open(site.browser);
      holds = true;
      assert.equal(await alice.run('MediaRecordStart', sid, 'evidence'), true);
      assert.equal(await alice.run('MediaRecordStart', sid, 'again'), false);
      while (!held.length) await alice.page.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(requested.splice(0), ['functions-more.js']);
      const arrived = alice.page.waitForResponse((response) => response.url().endsWith('/functions-more.js'));
      await answer();
      await (await arrived).buffer();
      // The browser hands no download over while requests are held.
      await alice.page.setRequestInterception(false);
      await recordsFor(alice.page, 1);
      assert.equal(await alice.run('MediaRecordStop', sid), true);
      assert.ok((await downloads.file(/^evidence\.(mp4|webm)$/)).length > 1000);
      await downloads.close();
      await alice.page.setRequestInterception(true);
      requested.length = 0;

      // A text is reported at once, before the code that keeps it for elements has arrived.
      holds = true;
      const sender = await onlinePage(site, {user: '1003'});
      const sent = sender.evaluate(() =>
        (document.querySelector('sip-client') as any).sendMessage('1001', '你好'),
      );
      assert.deepEqual(await alice.told('onMessageReceived'), ['onMessageReceived', '你好']);
      while (!held.length) await alice.page.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(requested.splice(0), ['functions-messages.js']);
      await answer();
      await sent;
      assert.deepEqual(await alice.errors(), []);
      await alice.run('Hangup', sid);
      await bob.told('onCallHangup');
      for (const page of [alice.page, bob.page, sender]) await page.close();
    });
});
