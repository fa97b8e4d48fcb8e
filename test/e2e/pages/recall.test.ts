import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {crashes} from '../../support/page/crash.js';
import {bring} from '../../support/page/download-folder.js';
import {KeptBrowser} from '../../support/page/kept-browser.js';
import {ALICE, BOB, TONES} from '../../support/page/pair.js';
import {press, shown} from '../../support/page/parts.js';
import {fillPage, goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

const INSIDE = '<sip-call></sip-call>';
/** The button that saves what is no longer being said. */
const KEEP = 'sip-recall >>> [part=utterance]:not(:has(.running)) [part=keep]';
const LISTENING = `<sip-recall></sip-recall>${INSIDE}`;

/** The files of the recall in the page's private file system. */
const files = async (page: Page): Promise<readonly string[]> => {
  await bring(page, 'recall');
  return page.evaluate(async () => (globalThis as any).recall.keptForRecall());
};

/** Waits until what is heard is kept; resolves with what a page of the account has by then. */
const utterances = (page: Page): Promise<any[]> =>
  page.evaluate(async () => {
    const {recall} = (document.querySelector('sip-client') as any).client;
    while (!recall.state.active)
      await new Promise((resolve) => recall.addEventListener('statechange', resolve, {once: true}));
    return recall.utterances;
  });

/** Waits until the newest utterance has this length on the disk, in seconds. */
const isKept = async (page: Page, seconds: number): Promise<void> => {
  await page.evaluate(async (seconds) => {
    const {recall} = (document.querySelector('sip-client') as any).client;
    while (!(recall.utterances[0]?.duration >= seconds))
      await new Promise((resolve) => recall.addEventListener('statechange', resolve, {once: true}));
  }, seconds);
  for (;;) if ((await files(page)).some((path) => /\/\d+-[\w-]+$/.test(path))) return;
};

/** Whether any file of a browser's profile has what stands before the sound of every utterance. */
async function isOnDisk(profile: string): Promise<boolean> {
  const entries = await readdir(join(profile, 'Default', 'File System'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (bytes.includes('"remote":{"number":')) return true;
  }
  return false;
}

describe('what a page has heard', () => {
  let site: Site;
  let kept: KeptBrowser;
  let alice: Page;
  let carol: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    kept = await KeptBrowser.open(site);
    alice = await phonePage(site, {user: '1001', inside: INSIDE});
    carol = await phonePage(site, {user: '1003', inside: INSIDE});
    bob = await phonePage(kept.site, {user: '1002', attributes: 'recall="5"', inside: LISTENING});
    await sendsSignals(alice, {tone: TONES.alice, halves: ALICE});
    await sendsSignals(carol, {tone: TONES.bob, halves: BOB});
    for (const page of [alice, carol, bob]) await goOnline(page);
    await utterances(bob);
  });
  after(async () => {
    await kept.close();
    await site.close();
  });

  async function talk(caller: Page): Promise<void> {
    await placeCall(caller, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    for (const page of [caller, bob]) await nextEvent(page, 'sip-call-answered');
  }
  async function comesBack(user: string): Promise<void> {
    await fillPage(bob, {user, attributes: 'recall="5"', inside: LISTENING});
    await goOnline(bob);
  }

  it('is kept on the disk while someone speaks, and outlives a crash for its account alone', async () => {
    await talk(alice);
    await hearsTones(bob, [TONES.alice]);
    await isKept(bob, 5);
    if (!IN_FIREFOX) {
      await crashes(bob);
      assert.equal(await isOnDisk(kept.profile), true);
    } else await bob.reload();
    await comesBack('1004');
    assert.deepEqual(await utterances(bob), []);
    await bob.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
    assert.ok((await files(bob)).length > 0);
    await comesBack('1002');
    const [utterance, ...others] = await utterances(bob);
    assert.deepEqual([utterance.remote.number, utterance.running, others.length], ['1001', false, 0]);
    assert.ok(utterance.duration >= 2, `${utterance.duration} s`);
  });

  it('is heard again while another call goes on, within 200 ms', async () => {
    await talk(carol);
    await hearsTones(bob, [TONES.bob]);
    await bring(bob, 'recall');
    const taken = await bob.evaluate(async (tone) => {
      const {client} = document.querySelector('sip-client') as any;
      const again = (globalThis as any).recall.watchFiles();
      const {id} = client.recall.utterances.find(({remote}: any) => remote.number === '1001');
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const pressed = performance.now();
        await client.recall.play(id);
        times.push(performance.now() - pressed);
        while (again.sound && Math.abs(again.sound.frequency - tone) > 15)
          await new Promise((resolve) => setTimeout(resolve, 20));
        await client.recall.stop();
      }
      again.restore();
      return times.sort((one, other) => one - other);
    }, TONES.alice);
    assert.ok(taken[2]! <= 200, taken.join());
    await bob.evaluate(() => (document.querySelector('sip-client') as any).client.recall.repeat());
    await hearsTones(bob, [TONES.bob], [TONES.alice]);
  });

  it('is repeated within 200 ms by one key', async () => {
    const spent = bob.evaluate(async () => {
      const {recall} = (document.querySelector('sip-client') as any).client;
      await recall.stop();
      const pressed = await new Promise<number>((resolve) =>
        addEventListener('keydown', ({code, timeStamp}) => code === 'KeyL' && resolve(timeStamp), true),
      );
      while (!recall.state.playing)
        await new Promise((resolve) => recall.addEventListener('statechange', resolve, {once: true}));
      return performance.now() - pressed;
    });
    await bob.bringToFront();
    await bob.keyboard.down('Alt');
    await bob.keyboard.press('KeyL');
    await bob.keyboard.up('Alt');
    assert.ok((await spent) <= 200, `${await spent} ms`);
  });

  // Firefox has no quota that a test may lower while it runs.
  if (!IN_FIREFOX)
    it('is not called saved if the disk is full', async () => {
      const inspector = await bob.createCDPSession();
      const {origin} = new URL(kept.site.server.url);
      await inspector.send('Storage.overrideQuotaForOrigin', {origin, quotaSize: 1000});
      await press(bob, KEEP);
      const notice = await shown(bob, 'sip-recall >>> [part=notice]');
      assert.match(await notice.evaluate(({textContent}) => textContent!), /only in the memory of this page/);
      assert.doesNotMatch(
        await bob.$eval('sip-recall >>> [part=utterance]', ({textContent}) => textContent!),
        /Saved/,
      );
      await shown(bob, 'sip-recall >>> [part=download]');
      await inspector.send('Storage.overrideQuotaForOrigin', {origin});
      await inspector.detach();
    });

  it('is gone from the disk after signing out', async () => {
    await isKept(bob, 3);
    await bob.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
    assert.deepEqual(await files(bob), []);
    if (!IN_FIREFOX) assert.equal(await isOnDisk(kept.profile), false);
    await comesBack('1002');
    assert.deepEqual(await utterances(bob), []);
  });
});
