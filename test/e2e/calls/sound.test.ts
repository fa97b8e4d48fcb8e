import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {startSound} from '../../../scripts/sound.mjs';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {plugMicrophone, plugSpeaker} from '../../support/page/sound-devices.js';

const run = promisify(execFile);

/** How many decibels the sound of an urgent call lowers the others by. */
const DUCK = 12;

/** Returns the root mean square of what a loudspeaker of the sound server plays during half a second. */
async function played(speaker: string): Promise<number> {
  const format = ['--raw', '--format=float32le', '--channels=1', '--rate=48000'];
  // A recorder that names no latency gets its sound in parts of two seconds.
  const record = ['-d', `${speaker}.monitor`, '--latency-msec=50', ...format];
  const {stdout} = await run('timeout', ['1', 'parec', ...record], {encoding: 'buffer'}).catch(
    (ended: {stdout: Buffer}) => ended,
  );
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 4));
  const last = samples.subarray(-24_000);
  return Math.sqrt(last.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, last.length));
}

/**
 * Returns how much of what one page sends in its first call the other one plays, after its volume, as a factor, over at least
 * two seconds of sound: Chromium's statistics are those of what it plays. The microphone may become louder meanwhile.
 */
async function playedShare(sender: Page, receiver: Page): Promise<number> {
  const sum = (page: Page, type: string): Promise<{energy: number; duration: number}> =>
    page.evaluate(async (type) => {
      const [peer] = (window as any).opened.peers as Set<RTCPeerConnection>;
      const report = [...(await peer!.getStats()).values()] as RTCInboundRtpStreamStats[];
      const sound = report.find((entry) => entry.type === type && entry.kind === 'audio')!;
      return {energy: sound.totalAudioEnergy!, duration: sound.totalSamplesDuration!};
    }, type);
  const [sent, played] = await Promise.all([sum(sender, 'media-source'), sum(receiver, 'inbound-rtp')]);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [sentNow, playedNow] = await Promise.all([
      sum(sender, 'media-source'),
      sum(receiver, 'inbound-rtp'),
    ]);
    if (playedNow.duration - played.duration >= 2)
      return Math.sqrt((playedNow.energy - played.energy) / (sentNow.energy - sent.energy));
  }
}

describe('the sound of each call', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  let sound: Awaited<ReturnType<typeof startSound>> | undefined;

  const heard = (speaker: string): Promise<number> =>
    IN_FIREFOX ? played(speaker) : playedShare(alice, bob);
  /** Waits until the level on a loudspeaker is as expected, and returns it. */
  async function becomes(speaker: string, fits: (level: number) => boolean): Promise<number> {
    for (;;) {
      const level = await heard(speaker);
      if (fits(level)) return level;
    }
  }
  /** Waits until something is heard as loud as before: a loudspeaker that was just chosen is heard in part. */
  async function steady(speaker: string): Promise<number> {
    let before = 0;
    return becomes(speaker, (level) => {
      const isSame = level > 0.01 && Math.abs(decibels(level, before)) < 0.5;
      before = level;
      return isSame;
    });
  }
  const command = (name: string, ...parameters: unknown[]): Promise<void> =>
    bob.evaluate((name, parameters) => (window as any).first[name](...parameters), name, parameters);
  const decibels = (level: number, full: number): number => 20 * Math.log10(level / full);

  before(async () => {
    if (IN_FIREFOX) {
      sound = await startSound();
      Object.assign(process.env, sound.environment);
      await plugMicrophone('Tone', 440);
      await plugSpeaker('Headset');
      await plugSpeaker('Box');
    }
    site = await openSite({firefoxPreferences: {'media.navigator.streams.fake': false}});
    alice = await onlinePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
    bob = await onlinePage(site, {
      user: '1002',
      attributes: `parallel-calls duck="${DUCK}"`,
      inside: '<sip-call></sip-call>',
    });
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => {
      (window as any).first = (window as any).call;
      return (window as any).call.answer({media: 'audio'});
    });
    await nextEvent(alice, 'sip-call-answered');
    await receives(bob, 'sip-client', {frames: 0, energy: 0.01});
    if (IN_FIREFOX)
      await bob.evaluate(async () => {
        const {devices} = document.querySelector('sip-client')!.client!;
        for (const [kind, label] of [
          ['speaker', 'Headset'],
          ['unselected', 'Box'],
        ] as const) {
          const found = (await devices.list()).find((each) => each.kind === kind && each.label === label)!;
          await devices.select(kind, found.id);
        }
      });
  });
  after(async () => {
    await site.close();
    await sound?.stop();
  });

  it('has its own volume, and its level is measured whatever that is', async () => {
    const full = await steady('Headset');
    await command('setVolume', 0.5);
    await becomes('Headset', (level) => Math.abs(decibels(level, full) + 6) < 1);
    await command('silence');
    await becomes('Headset', (level) => level < full / 100);
    await bob.waitForFunction(() => (window as any).first.level() > 0.01);
    await command('unsilence');
    await command('setVolume', 1);
    await becomes('Headset', (level) => Math.abs(decibels(level, full)) < 1.5);
  });

  it('is shown by a level meter while its control is open: loud while the other side is, and silent with it', async () => {
    await press(bob, 'sip-call >>> [part=sound-devices]');
    const meter = await shown(bob, 'sip-call >>> meter');
    // It measures while it is in view.
    await meter.evaluate((each) => each.scrollIntoView());
    const reads = async (fits: (value: number) => boolean): Promise<void> => {
      while (!fits(await meter.evaluate((each) => (each as HTMLMeterElement).value)))
        await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await reads((value) => value > 0.3);
    await alice.evaluate(() => (window as any).call.mute());
    await reads((value) => value === 0);
    await alice.evaluate(() => (window as any).call.unmute());
    await reads((value) => value > 0.3);
    await bob.keyboard.press('Escape');
  });

  it('plays on the output that is chosen for it', async () => {
    await command('setOutput', 'unselected');
    if (IN_FIREFOX) {
      await becomes('Box', (level) => level > 0.01);
      await becomes('Headset', (level) => level < 0.001);
    }
    await command('setOutput', 'selected');
    await becomes('Headset', (level) => level > 0.01);
    if (IN_FIREFOX) await becomes('Box', (level) => level < 0.001);
  });

  it('is lowered by as many decibels as the page says while an urgent call is heard', async () => {
    const full = await steady('Headset');
    const carol = await onlinePage(site, {user: '1003'});
    await carol.evaluate(async () => {
      (window as any).call = await document.querySelector('sip-client')!.call('1002', {type: 'sos'});
    });
    await nextEvent(bob, 'sip-call-received');
    // The element shows the urgent call; this one goes on in the page's own.
    await bob.evaluate(() => {
      (window as any).first.attach({remoteAudio: new Audio()});
      return (window as any).call.answer({media: 'audio'});
    });
    await nextEvent(carol, 'sip-call-answered');
    await carol.evaluate(() => (window as any).call.mute());
    const lowered = await becomes('Headset', (level) => Math.abs(decibels(level, full) + DUCK) < 1.5);
    assert.ok(lowered > 0);
    await carol.evaluate(() => (window as any).call.hangup());
    await becomes('Headset', (level) => Math.abs(decibels(level, full)) < 1.5);
    await carol.close();
  });
});
