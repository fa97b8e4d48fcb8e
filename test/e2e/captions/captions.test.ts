import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {listRecordings} from '../../support/page/kept-recordings.js';
import {ALICE, BOB, TONES} from '../../support/page/pair.js';
import {press, shown} from '../../support/page/parts.js';
import {fillPage, goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Gives a page a recognizer, which keeps what it gets. */
const recognizes = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: any = ((window as any).heard = {});
    const element = document.querySelector('sip-client') as any;
    element.options = {
      ...element.options,
      captions: (sound: any) => {
        heard[sound.side] = {sound, chunks: []};
        return {
          write(samples: Float32Array, time: number) {
            heard[sound.side].chunks.push({samples, time});
          },
        };
      },
    };
  });

/** How loud frequencies are in the last half second that a side's recognizer got, once there is one. */
const amplitudes = (page: Page, side: string, tones: readonly number[]): Promise<number[]> =>
  page.evaluate(
    (side, tones) => {
      const samples = ((window as any).heard[side]?.chunks ?? [])
        .slice(-5)
        .flatMap((chunk: any) => [...chunk.samples]) as number[];
      return tones.map((tone) => {
        let [real, imaginary] = [0, 0];
        samples.forEach((sample, index) => {
          real += sample * Math.cos((2 * Math.PI * tone * index) / 16_000);
          imaginary += sample * Math.sin((2 * Math.PI * tone * index) / 16_000);
        });
        return (2 * Math.hypot(real, imaginary)) / (samples.length || 1);
      });
    },
    side,
    tones,
  );

const countOf = (page: Page, side: string): Promise<number> =>
  page.evaluate((side) => (window as any).heard[side].chunks.length as number, side);

const say = (page: Page, side: string, text: string, final = true): Promise<void> =>
  page.evaluate(
    (side, text, final) => (window as any).heard[side].sound.caption({text, final}),
    side,
    text,
    final,
  );

const HOSTILE = '<b onclick="x">bold</b> --> & done';

describe('captions of a call between two pages', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  const inside = '<sip-call></sip-call><sip-recordings></sip-recordings>';

  before(async () => {
    site = await openSite();
    alice = await phonePage(site, {user: '1001', inside});
    bob = await phonePage(site, {user: '1002'});
    await sendsSignals(alice, {tone: TONES.alice, halves: ALICE});
    await sendsSignals(bob, {tone: TONES.bob, halves: BOB});
    await recognizes(alice);
    for (const page of [alice, bob]) await goOnline(page);
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
  });
  after(() => site.close());

  it('get the sound of each side once the button turns them on, under the policy of the page', async () => {
    assert.equal(await alice.evaluate(() => Object.keys((window as any).heard).length), 0);
    await alice.setViewport({width: 1280, height: 900});
    await press(alice, 'sip-call >>> sip-captions-button >>> button:not([aria-disabled])');
    await shown(alice, 'sip-call >>> sip-captions-band.on');
    const tones = [TONES.alice, TONES.bob];
    await until(async () => (await amplitudes(alice, 'local', tones))[0]! > 0.05);
    await until(async () => (await amplitudes(alice, 'remote', tones))[1]! > 0.05);
    assert.ok((await amplitudes(alice, 'local', tones))[1]! < 0.01);
    assert.ok((await amplitudes(alice, 'remote', tones))[0]! < 0.01);
  });

  it('get nothing of a muted side, nor of a call on hold', async () => {
    await alice.evaluate(() => (window as any).call.mute());
    const [local, remote] = [await countOf(alice, 'local'), await countOf(alice, 'remote')];
    await until(async () => (await countOf(alice, 'remote')) > remote + 8);
    assert.equal(await countOf(alice, 'local'), local);
    await alice.evaluate(async () => {
      await (window as any).call.unmute();
      await (window as any).call.hold();
    });
    const held = [await countOf(alice, 'local'), await countOf(alice, 'remote')];
    await alice.evaluate(async () => {
      const context = new AudioContext();
      await context.resume();
      const since = context.currentTime;
      while (context.currentTime - since < 1) await new Promise((resolve) => setTimeout(resolve, 20));
      await context.close();
    });
    assert.deepEqual([await countOf(alice, 'local'), await countOf(alice, 'remote')], held);
    await alice.evaluate(() => (window as any).call.unhold());
    await until(async () => (await countOf(alice, 'local')) > held[0]! + 5);
    await until(async () => (await countOf(alice, 'remote')) > held[1]! + 5);
  });

  it('are drawn, and are in the accessibility tree once they are final', async () => {
    await say(alice, 'remote', HOSTILE);
    await say(alice, 'local', 'not yet', false);
    const texts = (): Promise<string> =>
      alice.$$eval('sip-call >>> .said', (all) => all.map(({textContent}) => textContent).join(' | '));
    await until(async () => (await texts()).includes(HOSTILE) && (await texts()).includes('not yet'));
    assert.equal(await alice.$('sip-call >>> .said b'), null);
    // Firefox has no such tree for tests.
    if (IN_FIREFOX) return;
    const tree = async (): Promise<string> =>
      JSON.stringify(await alice.accessibility.snapshot({interestingOnly: false}));
    await until(async () => (await tree()).includes(JSON.stringify(HOSTILE).slice(1, -1)));
    assert.match(await tree(), /"role":"log",[^{}]*"name":"Captions"/);
    assert.doesNotMatch(await tree(), /not yet/);
  });

  it('are kept with the recording, and played by the browser’s own track after a reload', async () => {
    await alice.evaluate(() => (window as any).call.startRecording());
    await until(async () => (await listRecordings(alice))[0]?.duration >= 1);
    await say(alice, 'remote', HOSTILE);
    await say(alice, 'local', 'Yes');
    await until(async () => (await listRecordings(alice))[0]?.captions === true);
    await alice.evaluate(() => (window as any).call.hangup());
    await until(async () => (await listRecordings(alice))[0]?.state === 'finished');
    await alice.reload();
    await fillPage(alice, {user: '1001', inside});
    await press(alice, 'sip-recordings >>> button[part~=play]');
    await shown(alice, 'sip-recordings >>> video');
    const cues = (): Promise<[string, string[]][]> =>
      alice.$eval('sip-recordings >>> video', (video) =>
        [...((video as HTMLVideoElement).textTracks[0]?.cues ?? [])].map((cue) => {
          const shown = (cue as VTTCue).getCueAsHTML();
          return [
            shown.textContent!,
            [...shown.querySelectorAll('*')].map((each) => each.getAttribute('title') ?? each.localName),
          ] as [string, string[]];
        }),
      );
    await until(async () => (await cues()).length === 2);
    const found = await cues();
    assert.deepEqual(found.map(([text]) => text).sort(), [HOSTILE, 'Yes']);
    // Each has its speaker, and no element of the text.
    assert.deepEqual(
      found.map(([, markup]) => markup.length),
      [1, 1],
    );
    await press(alice, 'sip-recordings >>> button[part~=delete]');
    await until(async () => (await listRecordings(alice)).length === 0);
  });
});

describe('the demo of captions', () => {
  let site: Site;
  before(async () => void (site = await openSite()));
  after(() => site.close());

  it('writes how long each side of the echo speaks', async () => {
    const page = await site.open('/captions.html?lang=en');
    await page.setViewport({width: 1280, height: 900});
    await press(page, 'sip-dialer >>> [part~=call]:not([aria-disabled])');
    await shown(page, 'sip-call:state(active)');
    await press(page, 'sip-call >>> [part=more]');
    await press(page, 'sip-call >>> sip-captions-button >>> button:not([aria-disabled])');
    const log = (): Promise<string> =>
      page.$$eval('sip-call >>> .said', (all) => all.map(({textContent}) => textContent).join());
    await until(async () => /\(speech \d+\.\d s\).*\(speech \d+\.\d s\)/s.test(await log()));
    await page.close();
  });
});
