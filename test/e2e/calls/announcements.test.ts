import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {toneWav} from '../../support/clips/clips.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released} from '../../support/page/witness.js';

/** What Alice's microphone gives, and what her files and alerts give, in hertz. */
const [MICROPHONE, FILE, OTHER, STEADY, WARBLE] = [440, 620, 1700, 1000, [750, 1050]] as const;

describe('sounds that are played into a call', () => {
  for (const profile of ['standard', 'dispatch'] as const)
    describe(`profile ${profile}`, () => {
      let site: Site;
      let alice: Page;
      let bob: Page;
      let contexts: number;

      const hears = (tones: number[]): Promise<void> => {
        const all = [MICROPHONE, FILE, OTHER, STEADY];
        return hearsTones(
          bob,
          tones,
          all.filter((tone) => !tones.includes(tone)),
        );
      };
      /** Plays a steady tone as a file, a URL, or what is named, in Alice's call. */
      const play = (source: string | number, options: object): Promise<void> =>
        alice.evaluate(
          async (source, wav, options) => {
            const bytes = Uint8Array.from(atob(wav), (character) => character.charCodeAt(0));
            const file = new File([bytes], 'tone.wav', {type: 'audio/wav'});
            (window as any).playing = await (window as any).call.play(
              typeof source === 'string' ? source : file,
              options,
            );
          },
          source,
          typeof source === 'number' ? toneWav(source, 2).toString('base64') : '',
          options,
        );
      const command = (name: 'pause' | 'resume' | 'stop'): Promise<void> =>
        alice.evaluate((name) => (window as any).playing[name](), name);
      const call = (name: 'mute' | 'unmute' | 'hold' | 'unhold'): Promise<void> =>
        alice.evaluate((name) => (window as any).call[name](), name);
      const state = (): Promise<any> => alice.evaluate(() => (window as any).playing.state);
      const finished = (): Promise<string> => alice.evaluate(() => (window as any).playing.finished);

      before(async () => {
        site = await openSite();
        const join = async (user: string, tone: number): Promise<Page> => {
          const page = await phonePage(site, {user, attributes: `profile="${profile}"`});
          await sendsSignals(page, {tone, halves: BLACK});
          await goOnline(page);
          return page;
        };
        [alice, bob] = [await join('1001', MICROPHONE), await join('1002', 2300)];
        await placeCall(alice, '1002', 'audio');
        await nextEvent(bob, 'sip-call-received');
        await bob.evaluate(() => (window as any).call.answer());
        await nextEvent(alice, 'sip-call-answered');
        await hears([MICROPHONE]);
        contexts = (await open(alice)).audioContexts;
      });
      after(() => site.close());

      it('are heard with the microphone, or instead of it, the newest alone', async () => {
        await play(FILE, {loop: true});
        await hears([MICROPHONE, FILE]);
        await play(OTHER, {loop: true, mix: false});
        await hears([OTHER]);
      });

      it('are silent while they are paused, and go on', async () => {
        await command('pause');
        await hears([]);
        const {paused, position, duration} = await state();
        assert.deepEqual([paused, duration], [true, 2]);
        await command('resume');
        await hears([OTHER]);
        await alice.waitForFunction(
          (before) => (window as any).playing.state.position !== before,
          {},
          position as number,
        );
      });

      it('wait while the call is on hold', async () => {
        await call('hold');
        await hears([]);
        assert.equal((await state()).held, true);
        await call('unhold');
        await hears([OTHER]);
        assert.equal((await state()).held, false);
      });

      it('leave the microphone alone after they are stopped', async () => {
        await command('stop');
        await hears([MICROPHONE]);
        assert.deepEqual([await finished(), (await open(alice)).audioContexts], ['stopped', contexts]);
      });

      it('are heard while the microphone is muted', async () => {
        await call('mute');
        await play('alert-steady', {loop: true});
        await hears([STEADY]);
        await play('alert-warble', {loop: true});
        await hearsTones(bob, [...WARBLE], [MICROPHONE, FILE]);
        await command('stop');
        await call('unmute');
        await hears([MICROPHONE]);
      });

      it('come from a URL, and end by themselves', async () => {
        await play('/uploads/sample-sound', {mix: false});
        assert.equal(await finished(), 'completed');
        const {position, duration, ended} = await state();
        assert.deepEqual([position, ended, duration > 0], [duration, 'completed', true]);
        await hears([MICROPHONE]);
      });

      it('fail by name if they cannot be loaded or played, and change nothing', async () => {
        const code = (source: string): Promise<string> =>
          play(source, {}).then(
            () => 'plays',
            (error: Error) =>
              /“.*?” (could not be loaded|is not a sound)|bad/.exec(error.message)?.[1] ?? error.message,
          );
        assert.equal(await code('/uploads/nothing'), 'could not be loaded');
        assert.equal(await code('/'), 'is not a sound');
        assert.equal(await alice.evaluate(() => (window as any).call.state.announcing), false);
        await hears([MICROPHONE]);
      });

      it('end with the call', async () => {
        await play('alert-beep', {loop: true});
        await bob.evaluate(() => (window as any).call.hangup());
        assert.equal(await finished(), 'call-ended');
        for (const page of [alice, bob]) await released(page);
        // The missing file is the browser's own complaint.
        assert.deepEqual(
          site.complaints.filter((complaint) => !complaint.includes('404')),
          [],
        );
      });
    });
});
