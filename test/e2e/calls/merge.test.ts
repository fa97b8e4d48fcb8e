import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {press, shown} from '../../support/page/parts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released} from '../../support/page/witness.js';

/** What each page's microphone gives, in hertz. */
const [ALICE, BOB, CAROL] = [440, 800, 1300];
const DESK = '<main><h1>Desk</h1><sip-calls></sip-calls><sip-call></sip-call></main>';

/** Selects a part of the line of a call; the newest is the last. */
const line = (number: number, part: string): string =>
  `sip-calls >>> :nth-child(${number} of [part~=line]) [part~=${part}]`;

/** Waits until the elements of a page play this many other sides aloud. */
const plays = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (count) => {
    const {played} = window as unknown as {played: Set<HTMLMediaElement>};
    const tracks = (): Set<MediaStreamTrack> =>
      new Set(
        [...played]
          .filter(({muted, paused, srcObject}) => !muted && !paused && srcObject)
          .flatMap(({srcObject}) => (srcObject as MediaStream).getAudioTracks()),
      );
    while (tracks().size !== count) await new Promise((resolve) => setTimeout(resolve, 20));
  }, count);

/** How many calls of a page send the microphone's own track. */
const sendsMicrophone = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const {peers} = (window as any).opened as {peers: Set<RTCPeerConnection>};
    const sent = [...peers].flatMap((peer) => peer.getSenders()).map(({track}) => track);
    const {calls} = (document.querySelector('sip-client') as any).client;
    return calls.filter(({localStream}: any) => sent.includes(localStream.getAudioTracks()[0])).length;
  });

describe('two calls merged by one phone', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  let carol: Page;
  let contexts: number;

  const talk = async (page: Page, number: string): Promise<void> => {
    await placeCall(alice, number, 'audio');
    await nextEvent(page, 'sip-call-received');
    await page.evaluate(() => (window as any).call.answer());
    await nextEvent(alice, 'sip-call-answered');
    await hearsTones(page, [ALICE]);
  };
  const join = async (user: string, tone: number, inside = ''): Promise<Page> => {
    const page = await phonePage(site, {user, inside, attributes: 'profile="standard"'});
    await sendsSignals(page, {tone, halves: BLACK});
    await goOnline(page);
    return page;
  };
  const hear = (bobs: number[], carols: number[]): Promise<unknown> => {
    const all = [ALICE, BOB, CAROL];
    const not = (tones: number[]): number[] => all.filter((tone) => !tones.includes(tone));
    return Promise.all([hearsTones(bob, bobs, not(bobs)), hearsTones(carol, carols, not(carols))]);
  };

  before(async () => {
    site = await openSite();
    [alice, bob, carol] = [
      await join('1001', ALICE, DESK),
      await join('1002', BOB),
      await join('1003', CAROL),
    ];
    await alice.evaluate(() => {
      const played = ((window as any).played = new Set<HTMLMediaElement>());
      const {play} = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.play = function () {
        played.add(this);
        return play.call(this);
      };
    });
    await talk(bob, '1002');
    await talk(carol, '1003');
    contexts = (await open(alice)).audioContexts;
  });
  after(() => site.close());

  it('lets everyone hear everyone', async () => {
    await press(alice, line(2, 'merge'));
    await hear([ALICE, CAROL], [ALICE, BOB]);
    await plays(alice, 2);
    const offer = await shown(alice, line(1, 'offer'));
    assert.match(await offer.evaluate((element) => element.textContent ?? ''), /In a conference with 1003/);
    assert.deepEqual(await audit(alice), []);
  });

  it('silences the user for all at the mute button, and nobody else', async () => {
    await press(alice, 'sip-call >>> [part~=mute]');
    await hear([CAROL], [BOB]);
    await press(alice, 'sip-call >>> [part~=mute]');
    await hear([ALICE, CAROL], [ALICE, BOB]);
  });

  it('goes on with another microphone', async () => {
    await alice.evaluate(async () => {
      const {devices} = (document.querySelector('sip-client') as any).client;
      const other = (await devices.list()).findLast(({kind}: any) => kind === 'microphone');
      await devices.select('microphone', other.id);
    });
    await hear([ALICE, CAROL], [ALICE, BOB]);
  });

  it('is split into a call and one on hold, and mixes nothing any more', async () => {
    await press(alice, line(2, 'split'));
    await hear([], [ALICE]);
    await plays(alice, 1);
    assert.equal(await sendsMicrophone(alice), 1);
    assert.equal((await open(alice)).audioContexts, contexts);
  });

  it('is merged and split by the methods of <sip-client>, too', async () => {
    const ask = (method: 'merge' | 'split'): Promise<void> =>
      alice.evaluate(async (method) => {
        const client = document.querySelector('sip-client') as any;
        await client[method](method === 'merge' ? client.calls : client.calls[1]);
      }, method);
    await ask('merge');
    await hear([ALICE, CAROL], [ALICE, BOB]);
    await ask('split');
    await hear([], [ALICE]);
  });

  it('leaves a call of two when one of them ends', async () => {
    await press(alice, 'sip-call >>> [part~=merge]');
    await hear([ALICE, CAROL], [ALICE, BOB]);
    await carol.evaluate(() => (window as any).call.hangup());
    await hearsTones(bob, [ALICE], [CAROL]);
    await plays(alice, 1);
    assert.equal(await sendsMicrophone(alice), 1);
    await bob.evaluate(() => (window as any).call.hangup());
    for (const _ of [bob, carol]) await nextEvent(alice, 'sip-call-hangup');
    for (const page of [alice, bob, carol]) await released(page);
    // Closing a context takes a moment.
    while ((await open(alice)).audioContexts !== contexts - 2)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(site.complaints, []);
  });
});
