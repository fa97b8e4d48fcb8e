import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {listRecordings} from '../../support/page/kept-recordings.js';
import {ALICE, BOB, TONES} from '../../support/page/pair.js';
import {fillPage, goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Presses the first button of a part in an element, also in its inner elements, once it is there. */
const press = (page: Page, tag: string, name: string): Promise<void> =>
  page.evaluate(
    async (tag, name) => {
      const find = (root: ParentNode): HTMLElement | undefined => {
        for (const each of root.querySelectorAll<HTMLElement>('*')) {
          if (each.matches(`button[part=${name}]`)) return each;
          const inner = each.shadowRoot && find(each.shadowRoot);
          if (inner) return inner;
        }
        return undefined;
      };
      for (const since = Date.now(); ;) {
        const root = document.querySelector(tag)!.shadowRoot!;
        const button = find(root);
        if (button) return button.click();
        if (Date.now() - since > 15_000) throw new Error(`No ${name} in ${tag}: ${root.textContent}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    tag,
    name,
  );

/** Measures how loud the tones are in what the player of an element plays, in decibels, once one of them is heard. */
const played = (page: Page, tag: string, tones: readonly number[]): Promise<number[]> =>
  page.evaluate(
    async (tag, tones) => {
      const find = (root: ParentNode): HTMLAudioElement | undefined => {
        for (const each of root.querySelectorAll<HTMLElement>('*')) {
          if (each instanceof HTMLAudioElement && each.closest('.player')) return each;
          const inner = each.shadowRoot && find(each.shadowRoot);
          if (inner) return inner;
        }
        return undefined;
      };
      const root = document.querySelector(tag)!.shadowRoot!;
      let audio: HTMLAudioElement | undefined;
      for (const since = Date.now(); !audio || audio.currentTime < 0.5;) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        audio = find(root);
        if (Date.now() - since > 15_000)
          throw new Error(
            `${tag} plays nothing: ${audio?.src}, ${audio?.error?.message}, ${audio?.paused}, ${audio?.readyState}`,
          );
      }
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0});
      context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
      const bins = new Float32Array(analyser.frequencyBinCount);
      const levelOf = (tone: number): number =>
        Math.max(...[-1, 0, 1].map((by) => bins[Math.round((tone * 8192) / context.sampleRate) + by]!));
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        analyser.getFloatFrequencyData(bins);
        if (levelOf(tones[0]!) > -60 && levelOf(tones[1]!) > -60) break;
        if (audio.ended) break;
      }
      const levels = tones.map(levelOf);
      audio.pause();
      await context.close();
      return levels;
    },
    tag,
    tones,
  );

describe('calls that a rule of the page records', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  const inside = '<sip-call></sip-call><sip-history></sip-history><sip-recordings></sip-recordings>';

  before(async () => {
    site = await openSite();
    alice = await phonePage(site, {user: '1001', inside});
    bob = await phonePage(site, {user: '1002'});
    await sendsSignals(alice, {tone: TONES.alice, halves: ALICE});
    await sendsSignals(bob, {tone: TONES.bob, halves: BOB});
    await alice.evaluate(() => {
      const element = document.querySelector('sip-client') as any;
      element.options = {...element.options, recordCalls: (call: any) => call.remote.number === '1002'};
    });
    for (const page of [alice, bob]) await goOnline(page);
  });
  after(() => site.close());

  it('are shown as recorded, and the other side learns of it', async () => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
    await until(() => alice.evaluate(() => (window as any).call.state.recording as boolean));
    await until(async () => (await alice.$('sip-call >>> .chip.recording')) !== null);
    await Promise.all([hearsTones(bob, [TONES.alice]), hearsTones(alice, [TONES.bob])]);
    await until(async () => (await listRecordings(alice))[0]?.duration >= 4);
    await alice.evaluate(() => (window as any).call.hangup());
    await until(async () => (await listRecordings(alice))[0]?.state === 'finished');
  });

  it('are played with both voices after a reload, from the list and from the row of the history', async () => {
    await alice.reload();
    await fillPage(alice, {user: '1001', inside});
    const [kept, ...more] = await listRecordings(alice);
    assert.deepEqual([kept.remote.number, kept.state, more], ['1002', 'finished', []]);
    for (const tag of ['sip-recordings', 'sip-history']) {
      await press(alice, tag, 'play');
      const [own, other, nothing] = await played(alice, tag, [TONES.alice, TONES.bob, 3000]);
      assert.ok(own! > -60 && other! > -60 && nothing! < -70, `${tag}: ${own}, ${other}, ${nothing} dB`);
    }
  });

  it('leave no button in the history once the recording is deleted', async () => {
    await press(alice, 'sip-recordings', 'delete');
    while (await alice.$('sip-history >>> [part=play]'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(await listRecordings(alice), []);
  });

  it('are those that the rule names, at once or by a promise', async () => {
    const carol = await phonePage(site, {user: '1003', attributes: 'record-calls'});
    await carol.evaluate(() => {
      const element = document.querySelector('sip-client') as any;
      element.options = {...element.options, recordCalls: async () => false};
    });
    await goOnline(carol);
    await placeCall(carol, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    await nextEvent(carol, 'sip-call-answered');
    await hearsTones(carol, [TONES.bob]);
    assert.equal(await carol.evaluate(() => (window as any).call.state.recording), false);
    assert.deepEqual(await listRecordings(carol), []);
    await carol.evaluate(() => (window as any).call.hangup());
    await carol.close();
  });
});
