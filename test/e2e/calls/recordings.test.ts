import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {bringDecoder} from '../../support/page/download-folder.js';
import {KeptBrowser} from '../../support/page/kept-browser.js';
import {decodeRecording, listRecordings, type DecodeOptions} from '../../support/page/kept-recordings.js';
import {ALICE, BOB, TONES} from '../../support/page/pair.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals, showsHalves} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

/** How much may be missing, in seconds: the last second, and the delay of a busy machine. */
const LOST = 2.5;

/** Left and right of the large picture; left and right of the one in its corner. */
const WHOLE: DecodeOptions = {
  places: [
    [0.1, 0.3],
    [0.9, 0.3],
    [0.79, 0.78],
    [0.91, 0.78],
  ],
};

/** Waits until the current recording has this length on the disk. */
const reaches = (page: Page, seconds: number): Promise<void> =>
  page.evaluate(async (seconds) => {
    const {client} = document.querySelector('sip-client') as any;
    for (;;) {
      const kept = await client.recordings.list();
      if (kept.some(({state, duration}: any) => state === 'recording' && duration >= seconds)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, seconds);

describe('a recording that its page does not live to end', () => {
  let site: Site;
  let kept: KeptBrowser;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    kept = await KeptBrowser.open(site);
    alice = await phonePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
    bob = await phonePage(kept.site, {user: '1002', inside: '<sip-call></sip-call>'});
    await sendsSignals(alice, {tone: TONES.alice, halves: ALICE});
    await sendsSignals(bob, {tone: TONES.bob, halves: BOB});
    for (const page of [alice, bob]) await goOnline(page);
    await placeCall(alice, '1002', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
    await Promise.all([
      hearsTones(bob, [TONES.alice]),
      hearsTones(alice, [TONES.bob]),
      showsHalves(bob, ALICE),
      showsHalves(alice, BOB),
    ]);
  });
  after(async () => {
    await kept.close();
    await site.close();
  });

  // Firefox has no quota that a test may lower while it runs.
  if (!IN_FIREFOX)
    it('ends with what there is where the disk is full, and says so', async () => {
      await bob.evaluate(async () => {
        const scope = window as any;
        const element = document.querySelector('sip-client') as any;
        scope.finished = new Promise((resolve) =>
          element.addEventListener('sip-recording', ({detail}: CustomEvent) => resolve(detail), {once: true}),
        );
        await scope.call.startRecording();
      });
      await reaches(bob, 3);
      const inspector = await bob.createCDPSession();
      const {origin} = new URL(site.server.url);
      await inspector.send('Storage.overrideQuotaForOrigin', {origin, quotaSize: 1000});
      const told = await bob.evaluate(async () => {
        const {blob, duration, error, id} = await (window as any).finished;
        const decodes = (await new Response(blob).arrayBuffer()).byteLength === blob.size;
        return {code: error?.code as string, message: error?.message as string, duration, id, decodes};
      });
      await inspector.send('Storage.overrideQuotaForOrigin', {origin});
      await inspector.detach();
      assert.equal(told.code, 'storage-full');
      assert.match(told.message, /delete old ones, or free up disk space/);
      assert.ok(told.duration >= 2 && told.decodes, JSON.stringify(told));
      const [entry] = await listRecordings(bob);
      assert.equal(entry.id, told.id);
      await bringDecoder(bob);
      const {levels, duration} = await decodeRecording(bob, told.id, WHOLE);
      assert.ok(levels['alice']! > 0.1 && levels['bob']! > 0.1, JSON.stringify(levels));
      assert.ok(duration >= 2, `${duration} s`);
      await bob.evaluate(
        (id) => (document.querySelector('sip-client') as any).client.recordings.delete(id),
        told.id,
      );
      assert.deepEqual(await listRecordings(bob), []);
    });

  it('is seen by other pages of the origin, which cannot delete it', async () => {
    await bob.evaluate(() => (window as any).call.startRecording({inset: true}));
    await reaches(bob, 2);
    const other = await phonePage(kept.site, {user: '1002'});
    const [entry, ...more] = await listRecordings(other);
    assert.deepEqual([entry.state, entry.remote.number, more], ['recording', '1001', []]);
    const code = await other.evaluate(
      (id) =>
        (document.querySelector('sip-client') as any).client.recordings.delete(id).then(
          () => 'deleted',
          (error: any) => error.code,
        ),
      entry.id,
    );
    assert.equal(code, 'invalid-state');
    await other.close();
  });

  it('is found again and decoded after the browser was killed, with both voices and both pictures', async (t) => {
    await reaches(bob, 7);
    const recorded = await bob.evaluate(
      () => (Date.now() - (window as any).call.state.recordingSince) / 1000,
    );
    await kept.kill();
    await kept.start();
    const page = await phonePage(kept.site, {user: '1002'});
    const [entry, ...more] = await listRecordings(page);
    assert.deepEqual([entry.state, entry.remote.number, more], ['interrupted', '1001', []]);
    await bringDecoder(page);
    const seen = await decodeRecording(page, entry.id, WHOLE);
    t.diagnostic(
      `${recorded.toFixed(2)} s were recorded, ${seen.duration.toFixed(2)} s are kept, ${seen.type}`,
    );
    for (const length of [seen.duration, seen.sound, seen.seekable])
      assert.ok(length > recorded - LOST && length < recorded + 1, `${length} s of ${recorded} s`);
    const {alice, bob: own, nothing} = seen.levels;
    assert.ok(alice! > 0.1 && own! > 0.1, `voices: ${alice}, ${own}`);
    assert.ok(nothing! < 0.01, `a frequency that nobody sent: ${nothing}`);
    for (const [index, wanted] of [...ALICE, ...BOB].entries())
      assert.ok(
        wanted.every((part, place) => Math.abs(part - seen.colours[index]![place]!) <= 50),
        `colours: ${seen.colours.join(' ')}`,
      );
    const [whole] = await listRecordings(page);
    assert.equal(whole.state, 'interrupted');
    assert.ok(Math.abs(whole.duration - seen.duration) < 0.01, `${whole.duration} s`);
    await page.evaluate(
      (id) => (document.querySelector('sip-client') as any).client.recordings.delete(id),
      entry.id,
    );
    assert.deepEqual(await listRecordings(page), []);
  });
});
